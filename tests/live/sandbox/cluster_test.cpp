// SPDX-License-Identifier: Apache-2.0
// A throw-away cluster: up in a moment, private, and gone with its owner however that ends.
#include "sandbox/cluster.hpp"

#include <grp.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <functional>
#include <string>

#include "kit/eventually.hpp"
#include "kit/sandbox_fixture.hpp"
#include "os/file.hpp"
#include "os/private_folder.hpp"
#include "os/process.hpp"
#include "os/temp_dir.hpp"
#include "os/user.hpp"
#include "sandbox/programs.hpp"

namespace haetae::sandbox {
namespace {

/// Runs `work` in a child that is an ordinary user (nobody, where we are root) with a cache and a scratch folder of its
/// own; its exit code.
int as_ordinary_user(const std::function<int()>& work) {
    auto folder = os::TempDir::make();
    if (!folder) return 101;
    const auto nobody = os::find_user("nobody");
    const bool root = ::geteuid() == 0;
    if (root && (!nobody || ::chown(folder->path().c_str(), nobody->uid, nobody->gid) != 0)) return 102;
    const pid_t child = ::fork();
    if (child == 0) {
        if (root && (::setgroups(0, nullptr) != 0 || ::setgid(nobody->gid) != 0 || ::setuid(nobody->uid) != 0)) {
            ::_exit(103);
        }
        ::setenv("XDG_CACHE_HOME", folder->path().c_str(), 1);
        ::setenv("TMPDIR", folder->path().c_str(), 1);
        ::setenv("HOME", folder->path().c_str(), 1);
        ::_exit(work());
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 104;
}

TEST(Cluster, answers_as_superuser_in_utf8_with_settings_of_a_throw_away_server) {
    const kit::EnvironmentGuard environment;
    auto cluster = Cluster::start();
    ASSERT_TRUE(cluster) << cluster.error().sentence << cluster.error().hint;
    auto connection = kit::connect_to(cluster->url());
    EXPECT_EQ(kit::first_cell(connection, "SELECT current_user"), "postgres");
    EXPECT_EQ(kit::first_cell(connection, "SHOW server_encoding"), "UTF8");
    EXPECT_EQ(kit::first_cell(connection, "SHOW fsync"), "off");
    EXPECT_EQ(kit::first_cell(connection, "SHOW listen_addresses"), "");
    EXPECT_EQ(kit::first_cell(connection, "SHOW unix_socket_permissions"), "0700");
    EXPECT_EQ(kit::first_cell(connection, "SELECT lower('ÄÖ')"), "äö");
    EXPECT_NE(cluster->log().find("ready to accept connections"), std::string::npos);
}

TEST(Cluster, its_url_as_text_leads_to_the_same_place) {
    const kit::EnvironmentGuard environment;
    const auto parsed = pg::ConnectionUrl::parse(kit::shared_cluster().url_text());
    ASSERT_TRUE(parsed);
    EXPECT_EQ(*parsed, kit::shared_cluster().url());
}

TEST(Cluster, its_files_are_closed_to_others_and_root_does_not_own_them) {
    struct stat status {};
    ASSERT_EQ(::stat(kit::shared_cluster().url().value("host").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, 0700U);
    EXPECT_EQ(status.st_uid, server_user()->uid);
    EXPECT_NE(status.st_uid, 0U);
}

TEST(Cluster, is_out_of_reach_of_the_terminals_interrupt) {
    const int pid = kit::shared_cluster().postmaster_pid();
    EXPECT_EQ(::getsid(pid), pid);
}

TEST(Cluster, stop_leaves_neither_process_nor_file) {
    const kit::EnvironmentGuard environment;
    auto cluster = Cluster::start();
    ASSERT_TRUE(cluster);
    const auto folder = cluster->url().value("host");
    const int pid = cluster->postmaster_pid();
    ASSERT_TRUE(cluster->stop());
    EXPECT_FALSE(os::is_running(pid));
    EXPECT_FALSE(os::is_folder(folder));
}

TEST(Cluster, dies_with_an_owner_that_is_killed_and_is_swept_by_the_next) {
    const kit::EnvironmentGuard environment;
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t owner = ::fork();
    if (owner == 0) {
        auto cluster = Cluster::start();
        if (!cluster) ::_exit(1);
        const auto text = std::to_string(cluster->postmaster_pid()) + " " + cluster->url().value("host");
        if (::write(pipe[1], text.data(), text.size()) < 0) ::_exit(1);
        while (true) ::pause();
    }
    ::close(pipe[1]);
    std::array<char, 1000> text{};
    const auto length = ::read(pipe[0], text.data(), text.size() - 1);
    ::close(pipe[0]);
    ::kill(owner, SIGKILL);
    ::waitpid(owner, nullptr, 0);
    ASSERT_GT(length, 0) << "the owner could not start its cluster";
    const std::string said = text.data();
    const int pid = std::stoi(said);
    const auto folder = said.substr(said.find(' ') + 1);
    EXPECT_TRUE(kit::eventually([&] { return !os::is_running(pid); })) << "the server outlived its owner";

    auto next = Cluster::start();
    ASSERT_TRUE(next);
    EXPECT_FALSE(os::is_folder(folder)) << "the leftover was not swept";
}

TEST(Cluster, a_second_one_leaves_the_first_alone) {
    const kit::EnvironmentGuard environment;
    auto first = Cluster::start();
    auto second = Cluster::start();
    ASSERT_TRUE(first);
    ASSERT_TRUE(second);
    auto one = kit::connect_to(first->url());
    auto two = kit::connect_to(second->url());
    kit::first_cell(one, "CREATE TABLE here ()");
    EXPECT_EQ(kit::first_cell(two, "SELECT to_regclass('here')"), "");
}

TEST(Cluster, works_for_an_ordinary_user_and_gets_over_a_template_that_lost_a_file) {
    const kit::EnvironmentGuard environment;
    const int code = as_ordinary_user([] {
        if (auto first = Cluster::start(); !first || !connect::Connection::open(first->url(), {})) return 1;
        const auto cache = os::join(std::string(::getenv("XDG_CACHE_HOME")), "haetae");
        const auto names = os::list_folder(cache);
        if (!names || names->size() != 1) return 2;
        if (::unlink(os::join(cache, names->front() + "/global/pg_control").c_str()) != 0) return 3;
        auto second = Cluster::start();
        return second && connect::Connection::open(second->url(), {}) ? 0 : 4;
    });
    EXPECT_EQ(code, 0);
}

TEST(Cluster, a_scratch_folder_that_others_could_have_made_is_refused) {
    kit::EnvironmentGuard environment;
    auto temp = os::TempDir::make();
    ASSERT_TRUE(temp);
    ::chmod(temp->path().c_str(), 0755);
    environment.set("TMPDIR", temp->path());
    const auto place = os::join(temp->path(), "haetae-" + std::to_string(server_user()->uid));

    ASSERT_EQ(::symlink("/var", place.c_str()), 0);
    const auto link = Cluster::start();
    ASSERT_FALSE(link);
    EXPECT_EQ(link.error().code, "HT0502");
    ::unlink(place.c_str());

    ASSERT_EQ(::mkdir(place.c_str(), 0755), 0);
    ::chmod(place.c_str(), 0755);
    if (::geteuid() == 0) {
        ASSERT_EQ(::chown(place.c_str(), server_user()->uid, server_user()->gid), 0);
    }
    const auto open_to_all = Cluster::start();
    ASSERT_FALSE(open_to_all);
    EXPECT_EQ(open_to_all.error().code, "HT0502");
    EXPECT_NE(open_to_all.error().sentence.find("0755"), std::string::npos) << open_to_all.error().sentence;
}

TEST(Cluster, a_named_folder_without_programs_is_an_error_and_no_other_is_tried) {
    kit::EnvironmentGuard environment;
    environment.set("HAETAE_PG_BIN", "/nonexistent");
    const auto cluster = Cluster::start();
    ASSERT_FALSE(cluster);
    EXPECT_EQ(cluster.error().code, "HT0501");
    EXPECT_NE(cluster.error().sentence.find("/nonexistent"), std::string::npos);
}

TEST(Cluster, starts_where_variables_of_the_caller_would_lead_a_server_astray) {
    kit::EnvironmentGuard environment;
    environment.set("PGDATA", "/nonexistent");
    environment.set("PGPORT", "1");
    environment.set("LC_ALL", "no_SUCH");
    environment.set("PGOPTIONS", "-c nonsense=1");
    EXPECT_TRUE(Cluster::start());
}

}  // namespace
}  // namespace haetae::sandbox
