// SPDX-License-Identifier: Apache-2.0
// A postmaster process, from outside: how it is started, what its postmaster.pid says, and how it is stopped. No
// pg_ctl: it would lose the child, and with it the bond that lets a throw-away server die with us.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "os/process.hpp"
#include "sandbox/programs.hpp"

namespace haetae::sandbox {

struct StartOptions {
    Programs programs;
    os::User user;
    std::string data_folder;
    std::string socket_folder;
    std::string log_file;
    std::vector<std::string> settings{};  ///< "fsync=off"
    bool dies_with_us = false;            ///< with the thread that starts it; see os::Command::signal_when_we_die
};

/// Starts it and waits until it takes connections. Errors: HT0504 did not start (with the end of its log), HT0910.
base::Result<os::Child> start_postmaster(const StartOptions& options);

/// What postmaster.pid says (PostgreSQL source, miscadmin.h "postmaster.pid").
struct PidFile {
    int pid = 0;
    std::string socket_folder;
    std::string status;  ///< "ready", "starting", "stopping", "standby"
};
std::optional<PidFile> read_pid_file(const std::string& data_folder);

/// The pid file of a postmaster that runs in `data_folder`. One left behind by a crash or a reboot is nothing, also
/// when its number is another process's by now.
std::optional<PidFile> running_postmaster(const std::string& data_folder);

/// Asks for a fast shutdown, and for an immediate one when `patience` runs out. Returns when it is gone and so is the
/// folder of its socket, when that is empty; false when it does not go.
bool stop_postmaster(const std::string& data_folder, std::chrono::milliseconds patience);

/// A new cluster with superuser `postgres`, UTF-8 and C.UTF-8 (C where the machine lacks that). `extra` are further
/// options of initdb. Error: HT0503.
base::Status run_initdb(const Programs& programs, const os::User& user, const std::string& data_folder,
                        const std::vector<std::string>& extra);

/// The end of a log file, at most `bytes`.
std::string end_of_log(const std::string& path, std::size_t bytes);

}  // namespace haetae::sandbox
