// SPDX-License-Identifier: Apache-2.0
// Polling pg_try_advisory_lock by the simple protocol in autocommit: no snapshot is held between two polls, so a CREATE
// INDEX CONCURRENTLY of the holder never waits for us.
#include "ledger/migrator_lock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <thread>

namespace haetae::ledger {

namespace {

using Milliseconds = std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

// Two-integer keys (pg_locks: classid, objid, objsubid 2); 0x68616574 spells "haet". Advisory keys are per database.
constexpr int key_space = 0x68616574;
constexpr int gate_key = 1;
constexpr int work_key = 2;

std::string held_condition(int key) {
    return fmt::format(
        "l.locktype = 'advisory' AND l.classid = {} AND l.objid = {} AND l.objsubid = 2 AND l.granted AND l.database = "
        "(SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database())",
        key_space, key);
}

base::Result<LockHolder> holder_of(connect::Connection& connection, int key) {
    const auto rows = TRY(connection.simple(fmt::format(
        "SELECT l.pid, a.application_name, a.usename, "
        "pg_catalog.to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC' "
        "FROM pg_catalog.pg_locks AS l LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid WHERE {}",
        held_condition(key))));
    if (rows.empty()) return LockHolder{};
    return LockHolder{.pid = std::stoi(rows.text(0, 0)),
                      .application_name = rows.text(0, 1),
                      .role = rows.text(0, 2),
                      .since = rows.text(0, 3)};
}

std::string named(const LockHolder& holder) {
    if (holder.pid == 0) return "another session";
    return fmt::format("{} (role {}, server process {}{})",
                       holder.application_name.empty() ? "a session" : holder.application_name, holder.role, holder.pid,
                       holder.since.empty() ? "" : ", connected " + holder.since);
}

Milliseconds next_pause() {
    thread_local std::minstd_rand random(std::random_device{}());
    return Milliseconds(std::uniform_int_distribution<int>(150, 350)(random));
}

base::Status poll(connect::Connection& connection, int key, Clock::time_point begin, const LockWait& wait) {
    const auto attempt = fmt::format("SELECT pg_catalog.pg_try_advisory_lock({}, {})", key_space, key);
    while (true) {
        if (TRY(connection.simple(attempt)).is_true(0, 0)) return base::Done{};
        const auto waited = std::chrono::duration_cast<Milliseconds>(Clock::now() - begin);
        const auto holder = TRY(holder_of(connection, key));
        const bool is_held = holder.pid != 0;  // else it was given back between the two questions
        if (is_held && wait.on_wait && wait.on_wait(holder, waited)) {
            return base::Error{.code = "HT0602",
                               .sentence = "interrupted while waiting for another migrator",
                               .database_state = "nothing was changed by this run"};
        }
        if (waited >= wait.limit) {
            return base::Error{
                .code = "HT0601",
                .sentence = fmt::format("another migrator is at work on this database: {}; waited {} s", named(holder),
                                        waited.count() / 1000),
                .hint = "wait until it has finished and run again; migrator_wait in haetae.toml sets how long to wait",
                .database_state = "nothing was changed by this run"};
        }
        std::this_thread::sleep_for(std::min(next_pause(), wait.limit - waited + Milliseconds(1)));
    }
}

// The gate idles for the whole run, and a broken network must not leave its key behind for hours.
base::Status stay_connected(connect::Connection& connection) {
    std::string sql =
        "SELECT pg_catalog.set_config('tcp_keepalives_idle', '30', false), "
        "pg_catalog.set_config('tcp_keepalives_interval', '10', false), "
        "pg_catalog.set_config('tcp_keepalives_count', '3', false)";
    if (connection.server_version() >= 140000) sql += ", pg_catalog.set_config('idle_session_timeout', '0', false)";
    TRY(connection.simple(sql));
    return base::Done{};
}

}  // namespace

std::string runs_migration_sql() {
    return fmt::format("EXISTS (SELECT FROM pg_catalog.pg_locks AS l WHERE l.pid = pg_catalog.pg_backend_pid() AND {})",
                       held_condition(work_key));
}

base::Result<LockedSession> MigratorLock::acquire(connect::Connection gate, const OpenWork& open_work,
                                                  const LockWait& wait) {
    const auto begin = Clock::now();
    TRY(stay_connected(gate));
    TRY(poll(gate, gate_key, begin, wait));
    auto work = TRY(open_work());
    TRY(stay_connected(work));
    TRY(poll(work, work_key, begin, wait));
    return LockedSession{.work = std::move(work), .lock = MigratorLock(std::move(gate))};
}

// pg_locks would say it, too, but looks at every lock of the server. A key held for the transaction keeps others out
// while the session's own is given back, which tells whether it was held, and taken again; all three are atomic looks
// into this session's own locks. CASE keeps the order.
std::string lock_check_sql() {
    return fmt::format(
        "IF (CASE WHEN NOT pg_catalog.pg_try_advisory_xact_lock({0}, {1}) THEN true\n"
        "         WHEN NOT pg_catalog.pg_advisory_unlock({0}, {1}) THEN true\n"
        "         WHEN NOT pg_catalog.pg_try_advisory_lock({0}, {1}) THEN true\n"
        "         ELSE pg_catalog.pg_try_advisory_xact_lock_shared({0}, {2}) END) THEN\n"
        "    RAISE EXCEPTION 'the lock that keeps other migrators out is gone' USING ERRCODE = 'HT002';\n"
        "END IF;",
        key_space, work_key, gate_key);
}

base::Status MigratorLock::release(connect::Connection& work) {
    const auto give_back = [](connect::Connection& connection, int key) -> base::Result<bool> {
        connection.set_on_wait({});  // an interrupt comes too late to change anything
        return TRY(connection.simple(fmt::format("SELECT pg_catalog.pg_advisory_unlock({}, {})", key_space, key)))
            .is_true(0, 0);
    };
    const bool work_held = TRY(give_back(work, work_key));
    const bool gate_held = TRY(give_back(gate_, gate_key));
    if (work_held && gate_held) return base::Done{};
    return base::Error{
        .code = "HT0603",
        .sentence = "the lock that keeps other migrators out was lost during the run",
        .hint = "a revision, or somebody else, released it: look at the ledger for another run at the same time"};
}

}  // namespace haetae::ledger
