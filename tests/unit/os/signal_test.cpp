// SPDX-License-Identifier: Apache-2.0
// Interrupts: the first is noticed, the second leaves.
#include "os/signal.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

namespace haetae::os {
namespace {

class Signals : public testing::Test {
 protected:
    void SetUp() override { watch_signals(); }
    void TearDown() override { forget_interrupt(); }
};

void count(void* subject) {
    ++*static_cast<int*>(subject);
}

TEST_F(Signals, nothing_has_interrupted_at_first) {
    EXPECT_EQ(interrupted(), std::nullopt);
}

TEST_F(Signals, the_first_signal_sets_the_flag_and_calls_back_once) {
    int calls = 0;
    const OnInterrupt callback(count, &calls);
    std::raise(SIGTERM);
    EXPECT_EQ(interrupted(), SIGTERM);
    EXPECT_EQ(calls, 1);
}

TEST_F(Signals, a_callback_made_after_the_signal_is_called_at_once) {
    std::raise(SIGINT);
    int calls = 0;
    const OnInterrupt callback(count, &calls);
    EXPECT_EQ(calls, 1);
}

TEST_F(Signals, the_callback_before_counts_again_when_the_later_is_gone) {
    int outer = 0;
    int inner = 0;
    const OnInterrupt first(count, &outer);
    { const OnInterrupt second(count, &inner); }
    std::raise(SIGINT);
    EXPECT_EQ(outer, 1);
    EXPECT_EQ(inner, 0);
}

int exit_code_after_two(int number) {
    const pid_t child = ::fork();
    if (child == 0) {
        watch_signals();
        std::raise(number);
        std::raise(number);
        std::_Exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(Signals, a_second_signal_leaves_at_once) {
    EXPECT_EQ(exit_code_after_two(SIGINT), 130);
    EXPECT_EQ(exit_code_after_two(SIGTERM), 143);
}

}  // namespace
}  // namespace haetae::os
