// SPDX-License-Identifier: Apache-2.0
// The project's kept server: made once, shared by commands, stopped when idle and never under a command.
#include "sandbox/local.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "kit/environment_guard.hpp"
#include "kit/eventually.hpp"
#include "kit/sandbox_fixture.hpp"
#include "os/file.hpp"
#include "os/lock_file.hpp"
#include "os/private_folder.hpp"
#include "os/process.hpp"
#include "os/temp_dir.hpp"
#include "sandbox/local_place.hpp"
#include "sandbox/postmaster.hpp"

namespace haetae::sandbox {
namespace {

using kit::eventually;
using std::chrono::seconds;

// In place: the file stays the server's user's.
void overwrite(const std::string& path, const std::string& text) {
    std::FILE* file = std::fopen(path.c_str(), "w");
    ASSERT_NE(file, nullptr);
    std::fputs(text.c_str(), file);
    std::fclose(file);
}

class Local : public testing::Test {
 protected:
    void SetUp() override {
        auto folder = os::TempDir::make();
        ASSERT_TRUE(folder);
        temp_ = std::make_unique<os::TempDir>(std::move(*folder));
        // Blanks, a quote, a comma, a letter beyond ASCII and a byte that is no UTF-8.
        root_ = os::join(temp_->path(), "a game's \"own\", \xed\x95\x9c\xff");
        ASSERT_TRUE(os::make_folder(root_));
    }
    void TearDown() override {
        EXPECT_TRUE(eventually([this] { return stop_local(root_).ok(); }, seconds(60)));
        const auto place = local_place(root_);
        ASSERT_TRUE(place);
        EXPECT_TRUE(eventually([&] { return !has_supervisor(); })) << "the supervisor outlived its server";
        EXPECT_TRUE(reset_local(root_));
        if (::geteuid() == 0) {
            EXPECT_TRUE(kit::eventually([&] { return os::remove_tree(place->folder).ok(); }));
        }
    }
    [[nodiscard]] LocalLease use(seconds idle_limit = seconds(600)) const {
        auto lease = use_local(root_, idle_limit);
        if (!lease) throw std::runtime_error(lease.error().sentence + "\n" + lease.error().hint);
        return std::move(*lease);
    }
    [[nodiscard]] LocalStatus status() const {
        auto status = local_status(root_);
        if (!status) throw std::runtime_error(status.error().sentence);
        return *status;
    }
    [[nodiscard]] bool has_supervisor() const {
        const auto lock = os::FileLock::try_take(local_place(root_)->supervisor_lock(), os::FileLock::Kind::exclusive);
        return lock && !*lock;
    }
    [[nodiscard]] int supervisor_pid() const {
        const auto text = os::read_file(local_place(root_)->supervisor_lock(), 100);
        return text ? std::atoi(text->c_str()) : 0;
    }

    kit::EnvironmentGuard environment_;
    std::unique_ptr<os::TempDir> temp_;
    std::string root_;
};

TEST_F(Local, is_made_once_and_kept_between_commands) {
    EXPECT_FALSE(local_exists(root_));
    EXPECT_FALSE(status().exists);
    {
        const auto first = use();
        EXPECT_TRUE(first.created_now());
        EXPECT_TRUE(first.started_now());
        auto connection = kit::connect_to(first.url());
        EXPECT_EQ(kit::first_cell(connection, "SHOW fsync"), "on");
        EXPECT_EQ(kit::first_cell(connection, "SHOW server_encoding"), "UTF8");
        EXPECT_EQ(kit::first_cell(connection, "SHOW listen_addresses"), "");
        kit::first_cell(connection, "CREATE TABLE kept ()");
    }
    const int pid = status().pid;
    EXPECT_TRUE(local_exists(root_));
    const auto second = use();
    EXPECT_FALSE(second.created_now());
    EXPECT_FALSE(second.started_now());
    EXPECT_EQ(status().pid, pid);
    auto connection = kit::connect_to(second.url());
    EXPECT_EQ(kit::first_cell(connection, "SELECT to_regclass('kept')"), "kept");
}

TEST_F(Local, keeps_its_rows_over_a_stop_and_loses_them_by_a_reset) {
    {
        const auto lease = use();
        auto connection = kit::connect_to(lease.url());
        kit::first_cell(connection, "CREATE TABLE kept ()");
    }
    ASSERT_TRUE(stop_local(root_));
    EXPECT_FALSE(status().running);
    {
        const auto lease = use();
        EXPECT_TRUE(lease.started_now());
        EXPECT_FALSE(lease.created_now());
        auto connection = kit::connect_to(lease.url());
        EXPECT_EQ(kit::first_cell(connection, "SELECT to_regclass('kept')"), "kept");
    }
    ASSERT_TRUE(reset_local(root_));
    EXPECT_FALSE(local_exists(root_));
    const auto lease = use();
    EXPECT_TRUE(lease.created_now());
    auto connection = kit::connect_to(lease.url());
    EXPECT_EQ(kit::first_cell(connection, "SELECT to_regclass('kept')"), "");
}

TEST_F(Local, writes_nothing_that_git_would_see) {
    const auto lease = use();
    if (::geteuid() == 0) {
        EXPECT_EQ(os::list_folder(root_)->size(), 0U) << "as root nothing goes into the project";
        return;
    }
    EXPECT_EQ(*os::read_file(os::join(root_, ".haetae/.gitignore"), 100), "*\n");
}

TEST_F(Local, stops_when_idle_and_its_supervisor_ends) {
    { const auto lease = use(seconds(1)); }
    EXPECT_TRUE(eventually([this] { return !status().running; }));
    EXPECT_TRUE(eventually([this] { return !has_supervisor(); }));
}

TEST_F(Local, idle_limit_of_the_environment_goes_first) {
    environment_.set("HAETAE_LOCAL_IDLE_SECONDS", "1");
    { const auto lease = use(seconds(600)); }
    EXPECT_TRUE(eventually([this] { return !status().running; }));
}

TEST_F(Local, does_not_stop_under_a_command_nor_under_a_session) {
    auto lease = std::make_unique<LocalLease>(use(seconds(1)));
    const int pid = status().pid;
    EXPECT_FALSE(eventually([this] { return !status().running; }, seconds(3)));
    {
        auto connection = kit::connect_to(lease->url());
        lease.reset();
        EXPECT_FALSE(eventually([this] { return !status().running; }, seconds(3)));
        EXPECT_TRUE(connection.alive());
        EXPECT_EQ(status().pid, pid);
    }
    EXPECT_TRUE(eventually([this] { return !status().running; }));
}

TEST_F(Local, two_commands_that_start_at_once_share_one_server) {
    std::vector<pid_t> children;
    for (int i = 0; i < 4; ++i) {
        const pid_t child = ::fork();
        if (child == 0) {
            const auto lease = use_local(root_, seconds(600));
            const auto connection =
                lease ? connect::Connection::open(lease->url(), {}) : base::Result<connect::Connection>(lease.error());
            ::_exit(!connection ? 99 : lease->started_now() ? 1 : 0);
        }
        children.push_back(child);
    }
    int started = 0;
    for (const pid_t child : children) {
        int result = 0;
        ::waitpid(child, &result, 0);
        ASSERT_NE(WEXITSTATUS(result), 99);
        started += WEXITSTATUS(result);
    }
    EXPECT_EQ(started, 1);
}

TEST_F(Local, a_server_left_without_its_supervisor_gets_a_new_one) {
    { const auto lease = use(); }
    const int pid = status().pid;
    ASSERT_TRUE(eventually([this] { return supervisor_pid() > 0; }));
    const int supervisor = supervisor_pid();
    ASSERT_NE(supervisor, ::getpid());
    ::kill(supervisor, SIGKILL);
    ASSERT_TRUE(eventually([this] { return !has_supervisor(); }));
    EXPECT_TRUE(status().running);
    { const auto lease = use(seconds(1)); }
    EXPECT_EQ(status().pid, pid);
    EXPECT_TRUE(has_supervisor());
    EXPECT_TRUE(eventually([this] { return !status().running; })) << "the new supervisor does its work";
}

TEST_F(Local, starts_again_after_a_kill_and_over_a_pid_file_whose_number_is_a_strangers) {
    { const auto lease = use(); }
    ::kill(status().pid, SIGKILL);
    ASSERT_TRUE(eventually([this] { return !status().running; }));
    const auto data = status().data_folder;
    // As after a reboot: the file stands, and its number belongs to a living process that is no server.
    auto text = *os::read_file(os::join(data, "postmaster.pid"), 10000);
    text.replace(0, text.find('\n'), std::to_string(::getpid()));
    std::string why;
    const auto starts = [&] {
        overwrite(os::join(data, "postmaster.pid"), text);
        const auto lease = use_local(root_);
        if (!lease) why = lease.error().sentence + "\n" + lease.error().hint;
        return lease.ok();
    };
    // The killed server's children may hold its shared memory for a moment.
    EXPECT_TRUE(eventually(starts)) << why;
    EXPECT_TRUE(status().running);
}

TEST_F(Local, a_server_whose_socket_was_cleared_away_is_started_again) {
    std::string socket;
    {
        const auto lease = use();
        socket = os::join(lease.url().value("host"), ".s.PGSQL.5432");
    }
    ASSERT_EQ(::unlink(socket.c_str()), 0);
    const auto lease = use();
    EXPECT_TRUE(lease.started_now());
    EXPECT_TRUE(connect::Connection::open(lease.url(), {}));
}

TEST_F(Local, stop_is_refused_while_another_command_uses_it) {
    const auto lease = use();
    const auto stopped = stop_local(root_);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, "HT0506");
    EXPECT_TRUE(status().running);
}

TEST_F(Local, data_of_a_version_that_is_not_installed_is_left_alone) {
    { const auto lease = use(); }
    ASSERT_TRUE(stop_local(root_));
    const auto file = os::join(status().data_folder, "PG_VERSION");
    overwrite(file, "9.2\n");
    const auto lease = use_local(root_);
    ASSERT_FALSE(lease);
    EXPECT_EQ(lease.error().code, "HT0505");
    EXPECT_TRUE(status().exists);
    EXPECT_EQ(status().version, "9.2");
}

}  // namespace
}  // namespace haetae::sandbox
