// SPDX-License-Identifier: Apache-2.0
// The project's own embedded server, kept between commands: data under .haetae/ (as root: under a state folder that the
// server's user may enter), started on demand, stopped when idle by a supervisor process. Commands share a lock file
// with the supervisor, so that it never stops under a running command.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "pg/connection_url.hpp"

namespace haetae::sandbox {

struct LocalStatus {
    bool exists = false;  ///< has a data folder
    bool running = false;
    int pid = 0;
    std::string data_folder;
    std::string log_file;
    std::string version;  ///< "15" as PG_VERSION says

    bool operator==(const LocalStatus&) const = default;
};

/// Held while a command uses the local server.
class LocalLease {
 public:
    LocalLease(LocalLease&&) noexcept;
    LocalLease& operator=(LocalLease&&) noexcept;
    ~LocalLease();
    /// Superuser `postgres`, database `postgres`, by unix socket.
    [[nodiscard]] const pg::ConnectionUrl& url() const;
    [[nodiscard]] std::string url_text() const;  ///< for DATABASE_URL of other programs
    [[nodiscard]] bool started_now() const;      ///< this command started it
    [[nodiscard]] bool created_now() const;      ///< this command made the cluster

 private:
    friend base::Result<LocalLease> use_local(const std::string&, std::chrono::seconds);
    struct State;
    explicit LocalLease(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Starts the server of the project at `root` where it does not run yet, and leases it. The first start writes
/// `.haetae/` with a .gitignore inside. A server that has lost its supervisor gets a new one: a forked copy of this
/// process, so call it before threads are started. The server stops when for `idle_limit` there was neither a lease nor
/// a session; HAETAE_LOCAL_IDLE_SECONDS goes before the argument.
/// Errors: HT0501 no programs, HT0502 a folder that is not ours, HT0503 initdb failed, HT0504 did not start, HT0505
/// made by a version that is not installed, HT0506 in use for too long by another command.
base::Result<LocalLease> use_local(const std::string& root, std::chrono::seconds idle_limit = std::chrono::minutes(15));

/// Looks only. Errors: HT0502.
base::Result<LocalStatus> local_status(const std::string& root);

/// Errors: HT0506 another command uses it, HT0507 it does not stop.
base::Status stop_local(const std::string& root);

/// Stops it and removes its data. Errors as stop_local, HT0903.
base::Status reset_local(const std::string& root);

/// True once use_local has made a cluster for this project.
bool local_exists(const std::string& root);

}  // namespace haetae::sandbox
