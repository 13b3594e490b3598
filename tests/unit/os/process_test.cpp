// SPDX-License-Identifier: Apache-2.0
// Children: what they are given, how they end, and that none is waited for without a limit.
#include "os/process.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <string>

#include "os/file.hpp"
#include "os/temp_dir.hpp"

namespace haetae::os {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Command shell(const std::string& script) {
    return {.program = "sh", .arguments = {"-c", script}};
}

TEST(Process, run_catches_output_and_exit_code) {
    const auto finished = run(shell("echo out; echo err >&2; exit 3"), seconds(30));
    ASSERT_TRUE(finished) << finished.error().sentence;
    EXPECT_EQ(finished->exit_code, 3);
    EXPECT_EQ(finished->output, "out\nerr\n");
}

TEST(Process, a_signal_that_kills_reads_as_in_the_shell) {
    EXPECT_EQ(run(shell("kill -TERM $$"), seconds(30))->exit_code, 128 + SIGTERM);
}

TEST(Process, more_output_than_is_kept_does_not_block_the_child) {
    const auto finished = run(shell("head -c 3000000 /dev/zero; exit 5"), seconds(60));
    ASSERT_TRUE(finished);
    EXPECT_EQ(finished->exit_code, 5);
    EXPECT_EQ(finished->output.size(), 1024U * 1024U);
}

TEST(Process, a_grandchild_that_keeps_the_output_open_is_not_waited_for) {
    const auto finished = run(shell("sleep 60 & echo $!"), seconds(30));
    ASSERT_TRUE(finished);
    EXPECT_EQ(finished->exit_code, 0);
    ::kill(std::atoi(finished->output.c_str()), SIGKILL);
}

TEST(Process, run_kills_when_the_limit_runs_out) {
    const auto finished = run({.program = "sleep", .arguments = {"600"}}, milliseconds(100));
    ASSERT_FALSE(finished);
    EXPECT_EQ(finished.error().code, "HT0911");
}

TEST(Process, a_child_that_is_waited_for_does_not_outlive_us) {
    const auto folder = TempDir::make();
    ASSERT_TRUE(folder);
    const auto file = join(folder->path(), "pid");
    const pid_t owner = ::fork();
    if (owner == 0) {
        static_cast<void>(
            run(shell("echo $$ > " + file + ".new; mv " + file + ".new " + file + "; exec sleep 600"), seconds(600)));
        ::_exit(0);
    }
    for (int i = 0; i < 3000 && !is_file(file); ++i) ::usleep(10000);
    const int child = std::atoi(read_file(file, 100)->c_str());
    ::kill(owner, SIGKILL);
    ::waitpid(owner, nullptr, 0);
    for (int i = 0; i < 3000 && is_running(child); ++i) ::usleep(10000);
    EXPECT_FALSE(is_running(child));
}

TEST(Process, what_cannot_be_started_says_why) {
    EXPECT_EQ(run({.program = "no-such-program"}, seconds(5)).error().code, "HT0910");
    EXPECT_EQ(run({.program = "/etc/passwd"}, seconds(5)).error().code, "HT0910");
    const auto folder = run({.program = "true", .working_folder = "/no/such/folder"}, seconds(5));
    ASSERT_FALSE(folder);
    EXPECT_NE(folder.error().sentence.find("No such file"), std::string::npos) << folder.error().sentence;
}

TEST(Process, environment_and_folder_are_the_commands) {
    ::setenv("HAETAE_TEST_GONE", "1", 1);
    auto command = shell("echo \"$ADDED-$HAETAE_TEST_GONE-$(pwd)\"");
    command.environment = {{"ADDED", "here"}, {"HAETAE_TEST_GONE", std::nullopt}};
    command.working_folder = "/usr";
    EXPECT_EQ(run(command, seconds(30))->output, "here--/usr\n");
    ::unsetenv("HAETAE_TEST_GONE");
}

TEST(Process, an_open_file_of_ours_is_not_inherited) {
    const int file = ::fcntl(STDERR_FILENO, F_DUPFD, 100);  // the child's own are lower
    ASSERT_GE(file, 100);
    const auto finished = run(shell("ls /proc/self/fd"), seconds(30));
    EXPECT_EQ(finished->output.find("\n" + std::to_string(file) + "\n"), std::string::npos) << finished->output;
    ::close(file);
}

TEST(Process, start_appends_to_its_output_file_which_may_not_be_a_link) {
    const auto folder = TempDir::make();
    ASSERT_TRUE(folder);
    auto command = shell("echo line");
    command.output_file = join(folder->path(), "log");
    EXPECT_EQ(start(command)->wait(seconds(30)), 0);
    EXPECT_EQ(start(command)->wait(seconds(30)), 0);
    EXPECT_EQ(*read_file(command.output_file, 100), "line\nline\n");
    ASSERT_EQ(::symlink("log", join(folder->path(), "link").c_str()), 0);
    command.output_file = join(folder->path(), "link");
    EXPECT_EQ(start(command).error().code, "HT0910");
}

TEST(Process, end_asks_first_and_kills_what_does_not_listen) {
    auto polite = start({.program = "sleep", .arguments = {"600"}});
    ASSERT_TRUE(polite);
    EXPECT_TRUE(is_running(polite->pid()));
    EXPECT_EQ(polite->end(SIGTERM, seconds(30)), 128 + SIGTERM);
    EXPECT_FALSE(is_running(polite->pid()));

    const auto folder = TempDir::make();
    ASSERT_TRUE(folder);
    const auto ready = join(folder->path(), "ready");
    auto stubborn = start(shell("trap '' TERM; touch " + ready + "; while :; do sleep 1; done"));
    ASSERT_TRUE(stubborn);
    for (int i = 0; i < 3000 && !is_file(ready); ++i) EXPECT_FALSE(stubborn->wait(milliseconds(10)));
    EXPECT_EQ(stubborn->end(SIGTERM, milliseconds(50)), 128 + SIGKILL);
}

TEST(Process, a_zombie_does_not_count_as_running) {
    auto child = start({.program = "true"});
    ASSERT_TRUE(child);
    for (int i = 0; i < 3000 && is_running(child->pid()); ++i) ::usleep(10000);
    EXPECT_FALSE(is_running(child->pid()));
    EXPECT_EQ(child->ended(), 0);
}

TEST(Process, another_account_is_taken_on_where_we_are_root) {
    if (::geteuid() != 0) {
        const auto root = find_user("root");
        ASSERT_TRUE(root);
        EXPECT_EQ(run({.program = "id", .arguments = {"-u"}, .run_as = *root}, seconds(30)).error().code, "HT0910");
        return;
    }
    const auto nobody = find_user("nobody");
    ASSERT_TRUE(nobody);
    auto command = shell("id -u; id -G");
    command.run_as = *nobody;
    EXPECT_EQ(run(command, seconds(30))->output,
              std::to_string(nobody->uid) + "\n" + std::to_string(nobody->gid) + "\n");
}

}  // namespace
}  // namespace haetae::os
