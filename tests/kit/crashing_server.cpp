// SPDX-License-Identifier: Apache-2.0
// The sandbox's cluster at first; after a crash a postmaster on the same folders, which ends before the cluster does.
#include "kit/crashing_server.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <stdexcept>

#include "kit/eventually.hpp"
#include "kit/sandbox_fixture.hpp"
#include "os/file.hpp"
#include "sandbox/postmaster.hpp"
#include "sandbox/programs.hpp"

namespace haetae::kit {

namespace {

template <typename T>
T must(base::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().sentence + "\n" + result.error().hint);
    return std::move(result).value();
}

std::vector<int> children_of(int pid) {
    const auto number = std::to_string(pid);
    std::ifstream list("/proc/" + number + "/task/" + number + "/children");
    std::vector<int> children;
    for (int child = 0; list >> child;) children.push_back(child);
    return children;
}

}  // namespace

CrashingServer::CrashingServer() : cluster_(must(sandbox::Cluster::start())) {}

CrashingServer::~CrashingServer() {
    if (restarted_) restarted_->end(SIGQUIT, std::chrono::seconds(10));
}

pg::ConnectionUrl CrashingServer::new_database() {
    auto admin = connect_to(cluster_.url());
    // A thousand rounds are not to fill the disk.
    const auto dropped = admin.simple("DROP DATABASE IF EXISTS crash_" + std::to_string(databases_) + " WITH (FORCE)");
    if (!dropped) throw std::runtime_error(dropped.error().sentence);
    const auto name = "crash_" + std::to_string(++databases_);
    const auto made = admin.simple("CREATE DATABASE " + name);
    if (!made) throw std::runtime_error(made.error().sentence);
    // The throw-away server answers before it has written, otherwise.
    const auto set = admin.simple("ALTER DATABASE " + name + " SET synchronous_commit = on");
    if (!set) throw std::runtime_error(set.error().sentence);
    return cluster_.url().with("dbname", name);
}

void CrashingServer::kill() {
    const int postmaster = restarted_ ? restarted_->pid() : cluster_.postmaster_pid();
    killed_ = children_of(postmaster);
    killed_.insert(killed_.begin(), postmaster);
    for (const int pid : killed_) ::kill(pid, SIGKILL);
}

void CrashingServer::start() {
    const bool is_gone = eventually([&] { return std::none_of(killed_.begin(), killed_.end(), os::is_running); });
    if (!is_gone) throw std::runtime_error("a process of the server survives SIGKILL");
    ::waitpid(killed_.front(), nullptr, 0);  // the postmaster is our child, and a zombie still holds its lock file
    const auto data = cluster_.data_folder();
    const auto folder = data.substr(0, data.rfind('/'));
    restarted_ = must(sandbox::start_postmaster(
        {.programs = must(sandbox::find_programs()),
         .user = must(sandbox::server_user()),
         .data_folder = data,
         .socket_folder = folder,
         .log_file = os::join(folder, "log"),
         .settings = {"fsync=off", "full_page_writes=off", "autovacuum=off", "max_connections=50",
                      "dynamic_shared_memory_type=mmap", "timezone=UTC"},
         .dies_with_us = true}));
}

bool CrashingServer::kill_backend(const pg::ConnectionUrl& database) {
    auto admin = connect_to(database);
    const auto pid = first_cell(admin,
                                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND "
                                "application_name LIKE 'haetae %' ORDER BY backend_start DESC LIMIT 1");
    return !pid.empty() && ::kill(std::stoi(pid), SIGKILL) == 0;
}

}  // namespace haetae::kit
