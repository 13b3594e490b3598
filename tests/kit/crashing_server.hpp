// SPDX-License-Identifier: Apache-2.0
// A server of one's own that can be killed as a power cut kills it, and comes up again with what it had on disk.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "os/process.hpp"
#include "pg/connection_url.hpp"
#include "sandbox/cluster.hpp"

namespace haetae::kit {

class CrashingServer {
 public:
    CrashingServer();
    CrashingServer(const CrashingServer&) = delete;
    CrashingServer& operator=(const CrashingServer&) = delete;
    ~CrashingServer();

    /// A database with a name of its own, in which a commit that was answered survives a crash. The one before is
    /// dropped.
    pg::ConnectionUrl new_database();
    /// SIGKILL for the postmaster and each of its processes. From any thread.
    void kill();
    /// After kill. The server ends with the thread that starts it.
    void start();
    /// SIGKILL for one process that serves a session of haetae on `database`, if there is one; the postmaster then ends
    /// all others, too, and recovers.
    bool kill_backend(const pg::ConnectionUrl& database);

 private:
    sandbox::Cluster cluster_;
    std::optional<os::Child> restarted_{};
    std::vector<int> killed_{};
    int databases_ = 0;
};

}  // namespace haetae::kit
