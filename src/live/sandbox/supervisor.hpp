// SPDX-License-Identifier: Apache-2.0
// The process that stops an embedded server when nobody has used it for a while. It is no parent of the server, only a
// watcher: when it is killed the server runs on, and the next command starts another.
#pragma once

#include <chrono>

#include "base/result.hpp"
#include "os/lock_file.hpp"
#include "sandbox/local_place.hpp"

namespace haetae::sandbox {

/// Forks a detached supervisor (own session, no terminal, none of our files) that takes over `supervisor_lock`. The
/// caller holds the start lock. Error: HT0910.
base::Status start_supervisor(const LocalPlace& place, std::chrono::seconds idle_limit, os::FileLock supervisor_lock);

}  // namespace haetae::sandbox
