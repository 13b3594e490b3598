// SPDX-License-Identifier: Apache-2.0
// The session that runs revisions, with the lock that keeps other migrators out. When it breaks it can be had again:
// the new one gets the work key only after the old backend has ended, so what the old one did is decided by then.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "connect/connection.hpp"
#include "ledger/migrator_lock.hpp"

namespace haetae::execute {

class Session {
 public:
    using Open = std::function<base::Result<connect::Connection>(std::string_view application_name)>;

    /// Opens the working session and takes the lock. Errors: those of `open`, and of MigratorLock::acquire.
    static base::Result<Session> begin(Open open, std::string name, ledger::LockWait wait);

    [[nodiscard]] connect::Connection& connection() { return held_->work; }

    /// Closes both connections and opens them again, with the lock, after either was lost. Tries for a minute while the
    /// server cannot be reached, and waits at least as long for our own old backend to end. After a failure there is no
    /// connection any more. Errors: HT0602 interrupted, and those of `begin`.
    base::Status recover();
    /// Gives the lock back.
    base::Status end() { return held_->lock.release(held_->work); }

 private:
    Session(Open open, std::string name, ledger::LockWait wait)
        : open_(std::move(open)), name_(std::move(name)), wait_(std::move(wait)) {}
    [[nodiscard]] base::Result<ledger::LockedSession> open_and_lock(const ledger::LockWait& wait) const;

    Open open_;
    std::string name_;
    ledger::LockWait wait_;
    std::optional<ledger::LockedSession> held_{};  ///< absent inside begin, and after recover has failed
};

}  // namespace haetae::execute
