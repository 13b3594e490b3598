// SPDX-License-Identifier: Apache-2.0
// Who may hold a lock beside whom, and that the dead hold none.
#include "os/lock_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <string>
#include <utility>

#include "os/file.hpp"
#include "os/temp_dir.hpp"

namespace haetae::os {
namespace {

using Kind = FileLock::Kind;

class LockFile : public testing::Test {
 protected:
    void SetUp() override { ASSERT_TRUE(temp_); }
    [[nodiscard]] std::string path() const { return join(temp_->path(), "lock"); }
    [[nodiscard]] bool can_take(Kind kind) const { return FileLock::try_take(path(), kind)->has_value(); }
    base::Result<TempDir> temp_ = TempDir::make();
};

TEST_F(LockFile, shared_holders_stand_beside_each_other_and_an_exclusive_one_alone) {
    {
        const auto first = FileLock::try_take(path(), Kind::shared);
        ASSERT_TRUE(first && *first);
        EXPECT_TRUE(can_take(Kind::shared));
        EXPECT_FALSE(can_take(Kind::exclusive));
    }
    const auto alone = FileLock::try_take(path(), Kind::exclusive);
    ASSERT_TRUE(alone && *alone);
    EXPECT_FALSE(can_take(Kind::shared));
}

TEST_F(LockFile, a_wait_ends_at_its_limit) {
    const auto held = FileLock::try_take(path(), Kind::exclusive);
    const auto waited = FileLock::take(path(), Kind::shared, std::chrono::milliseconds(30));
    ASSERT_FALSE(waited);
    EXPECT_EQ(waited.error().code, "HT0912");
}

TEST_F(LockFile, a_moved_lock_is_still_held_and_given_back_once) {
    auto held = std::move(*FileLock::try_take(path(), Kind::exclusive));
    {
        const FileLock moved = std::move(*held);
        EXPECT_FALSE(can_take(Kind::exclusive));
    }
    EXPECT_TRUE(can_take(Kind::exclusive));
}

TEST_F(LockFile, a_killed_holder_holds_nothing) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t holder = ::fork();
    if (holder == 0) {
        const auto lock = FileLock::try_take(path(), Kind::exclusive);
        if (::write(pipe[1], "x", 1) < 0) ::_exit(1);
        while (true) ::pause();
    }
    char byte = 0;
    ASSERT_EQ(::read(pipe[0], &byte, 1), 1);
    EXPECT_FALSE(can_take(Kind::shared));
    ::kill(holder, SIGKILL);
    ::waitpid(holder, nullptr, 0);
    EXPECT_TRUE(can_take(Kind::exclusive));
    ::close(pipe[0]);
    ::close(pipe[1]);
}

TEST_F(LockFile, a_folder_can_be_locked_and_a_link_cannot) {
    const auto held = FileLock::try_take(temp_->path(), Kind::exclusive);
    ASSERT_TRUE(held && *held);
    EXPECT_FALSE(FileLock::try_take(temp_->path(), Kind::shared)->has_value());
    ASSERT_EQ(::symlink("elsewhere", path().c_str()), 0);
    EXPECT_EQ(FileLock::try_take(path(), Kind::shared).error().code, "HT0912");
}

TEST_F(LockFile, touch_moves_its_time_forward) {
    auto lock = FileLock::try_take(path(), Kind::shared);
    ASSERT_TRUE(lock && *lock);
    const timespec long_ago[2] = {{.tv_sec = 1000, .tv_nsec = 0}, {.tv_sec = 1000, .tv_nsec = 0}};
    ASSERT_EQ(::futimens((*lock)->descriptor(), long_ago), 0);
    EXPECT_EQ((*lock)->touched(), 1000.0);
    (*lock)->touch();
    EXPECT_GT((*lock)->touched(), 1000.0);
}

}  // namespace
}  // namespace haetae::os
