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

class MigratorLock {
 public:
    using OpenWork = std::function<base::Result<connect::Connection>()>;
    /// Polls for both keys: the gate on `gate`, which must be idle and stay so, then the work key on a session that is
    /// opened only then, so that a crowd of waiters costs one connection each.
    /// Errors: those of `open_work`; HT0601 the wait ran out (names the holder), HT0602 interrupted while waiting.
    static base::Result<LockedSession> acquire(connect::Connection gate, const OpenWork& open_work,
                                               const LockWait& wait);

    /// A statement that raises HT002 unless both keys are held by the two sessions, as the body of a PL/pgSQL block
    /// that has declared `n bigint`.
    [[nodiscard]] std::string check_sql() const;

    /// Gives both keys back. Error: HT0603 where one was not held any more.
    base::Status release(connect::Connection& work);

 private:
    MigratorLock(connect::Connection gate, int gate_pid, int work_pid)
        : gate_(std::move(gate)), gate_pid_(gate_pid), work_pid_(work_pid) {}

    connect::Connection gate_;
    int gate_pid_;  ///< as pg_backend_pid() says; behind a pooler libpq's number is another
    int work_pid_;
};

/// The session that runs the revisions, and the lock that it shares with the gate.
struct LockedSession {
    connect::Connection work;
    MigratorLock lock;
};

}  // namespace haetae::ledger
