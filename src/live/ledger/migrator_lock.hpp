// SPDX-License-Identifier: Apache-2.0
// One migrator a database. Two advisory keys: the gate, held on an idle connection of its own, and the work key, held
// on the session that runs the revisions, so that a killed haetae whose last statement still runs keeps others out.
// Nobody ever waits inside pg_advisory_lock(): a waiter there and a running CREATE INDEX CONCURRENTLY end in a
// deadlock.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "base/result.hpp"
#include "connect/connection.hpp"

namespace haetae::ledger {

/// For whom a migrator waits, as pg_stat_activity tells it.
struct LockHolder {
    int pid = 0;
    std::string application_name;
    std::string role;
    std::string since;  ///< when that session connected, UTC; empty where the server does not say
};

struct LockWait {
    std::chrono::milliseconds limit{};
    /// Called once a poll while a holder is seen; a true answer gives up (the user pressed Ctrl-C).
    std::function<bool(const LockHolder& holder, std::chrono::milliseconds waited)> on_wait{};
};

struct LockedSession;

/// An SQL condition: the session that evaluates it is the one that runs revisions (it holds the work key).
std::string runs_migration_sql();

class MigratorLock {
 public:
    using OpenWork = std::function<base::Result<connect::Connection>()>;
    /// Polls for both keys: the gate on `gate`, which must be idle and stay so, then the work key on a session that is
    /// opened only then, so that a crowd of waiters costs one connection each.
    /// Errors: those of `open_work`; HT0601 the wait ran out (names the holder), HT0602 interrupted while waiting.
    static base::Result<LockedSession> acquire(connect::Connection gate, const OpenWork& open_work,
                                               const LockWait& wait);

    /// Gives both keys back. Error: HT0603 where one was not held any more.
    base::Status release(connect::Connection& work);

 private:
    explicit MigratorLock(connect::Connection gate) : gate_(std::move(gate)) {}

    connect::Connection gate_;
};

/// A PL/pgSQL statement for a transaction of the session that runs the revisions: raises HT002 where that session has
/// not the work key, or nobody has the gate any more. From then until the transaction ends nobody else can get the work
/// key, even if a revision gives it away. Where the gate was lost and another migrator has it, that one waits for the
/// work key, and this statement finds nothing wrong.
std::string lock_check_sql();

/// The session that runs the revisions, and the lock that it shares with the gate.
struct LockedSession {
    connect::Connection work;
    MigratorLock lock;
};

}  // namespace haetae::ledger
