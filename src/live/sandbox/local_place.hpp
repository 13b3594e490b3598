// SPDX-License-Identifier: Apache-2.0
// Where a project's embedded server keeps its things, and the locks by which commands and supervisor agree.
#pragma once

#include <string>

#include "base/result.hpp"
#include "os/user.hpp"

namespace haetae::sandbox {

/// `folder` is <root>/.haetae, or, as root, /var/lib/haetae/<name and hash of the root's path>: the server's user
/// cannot enter /root, and must not own anything in the project.
struct LocalPlace {
    std::string root;  ///< of the project, absolute
    std::string folder;
    os::User user;  ///< whom the server runs as

    [[nodiscard]] std::string home() const { return folder + "/postgres"; }  ///< of that user, mode 0700
    [[nodiscard]] std::string data() const { return home() + "/data"; }
    [[nodiscard]] std::string log() const { return home() + "/log"; }
    /// Shared by commands for as long as they use the server; exclusive to whoever stops it. Touched when used.
    [[nodiscard]] std::string lease_lock() const { return folder + "/lease.lock"; }
    /// Exclusive while the server is looked at, made, started or stopped.
    [[nodiscard]] std::string start_lock() const { return folder + "/start.lock"; }
    /// Exclusive to the supervisor for as long as it lives; holds its process number.
    [[nodiscard]] std::string supervisor_lock() const { return folder + "/supervisor.lock"; }
};

/// Touches nothing. Error: HT0502 no account to run the server as.
base::Result<LocalPlace> local_place(const std::string& root);

/// Makes what is missing of `folder` and `home()`, and checks that it is ours. Errors: HT0502.
base::Status prepare_place(const LocalPlace& place);

}  // namespace haetae::sandbox
