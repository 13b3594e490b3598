// SPDX-License-Identifier: Apache-2.0
// Everything here is schema-qualified or runs with an empty search_path, so that no object of a revision can stand in
// the way of the books.
#include "execute/bookkeeping.hpp"

#include <fmt/format.h>

#include "pg/identifier.hpp"
#include "plan/segments.hpp"
#include "plan/version_row.hpp"
#include "revisions/checksum.hpp"
#include "sql/splitter.hpp"

namespace haetae::execute {

namespace {

std::string set_config(std::string_view name, const std::string& value, bool local) {
    return fmt::format("pg_catalog.set_config('{}', {}, {})", name, pg::literal(value), local);
}

std::string milliseconds(std::chrono::milliseconds duration) {
    return std::to_string(duration.count());
}

}  // namespace

std::string hash_of(const revisions::Statement& statement) {
    return revisions::sha256(sql::canonical_text(statement.sql));
}

void add_reset(Message& message) {
    // RESET SESSION AUTHORIZATION also sets the role to none; RESET ROLE gives back the one of ALTER ROLE … SET.
    for (const auto* sql :
         {"RESET SESSION AUTHORIZATION", "RESET ROLE", "RESET ALL", "CLOSE ALL", "DEALLOCATE ALL", "DISCARD TEMP"}) {
        message.ours(sql);
    }
}

void add_settings(Message& message, const settings::Limits& limits, LimitClass limit_class, int server_version,
                  bool local) {
    const bool is_long = limit_class == LimitClass::long_running;
    std::string sql = "SELECT " + set_config("search_path", "", local);
    sql += ", " + set_config("lock_timeout",
                             milliseconds(is_long ? limits.concurrent_lock_timeout : limits.lock_timeout), local);
    sql += ", " + set_config("statement_timeout", is_long ? "0" : milliseconds(limits.statement_timeout), local);
    sql += ", " + set_config("idle_in_transaction_session_timeout", "0", local);
    if (server_version >= 140000) {
        sql += ", " + set_config("idle_session_timeout", "0", false);
        sql += ", " + set_config("client_connection_check_interval", "1000", false);
    }
    // Kept so that add_statement can see whether the revision has set limits of its own.
    sql += fmt::format(
        ", pg_catalog.set_config('haetae.limits', pg_catalog.current_setting('lock_timeout') || ' ' || "
        "pg_catalog.current_setting('statement_timeout'), {})",
        local);
    message.ours(sql);
}

void add_guard(Message& message, const ledger::MigratorLock& lock, const Task& task, bool with_row_changes) {
    const auto rows = with_row_changes ? plan::checked_row_changes(task.domain, task.row_changes) : std::string();
    message.ours("DO " + pg::literal("DECLARE n bigint;\nBEGIN\n" + lock.check_sql() + "\n" + rows + "END"));
}

void add_search_path(Message& message, const settings::Domain& domain, bool local) {
    if (domain.search_path) {
        message.ours("SELECT " + set_config("search_path", *domain.search_path, local));
    } else {
        message.ours("RESET search_path");
    }
}

void add_earlier_settings(Message& message, const revisions::Part& part, std::size_t before) {
    for (const auto i : plan::earlier_settings(part, before)) message.ours(part.statements[i].sql);
}

void add_deferred(Message& message) {
    message.ours("SET CONSTRAINTS ALL IMMEDIATE");
}

void add_own_identity(Message& message) {
    message.ours("RESET SESSION AUTHORIZATION");
    message.ours("RESET ROLE");
    message.ours("RESET ALL");
    message.ours("UNLISTEN *");  // takes effect at COMMIT, so that the next revision would still see what it listens to
    message.ours("SET search_path = ''");
}

void add_row_check(Message& message, const Task& task) {
    const auto table = pg::quote(task.domain.version_schema, task.domain.version_table);
    std::string checks;
    for (const auto& change : task.row_changes) {
        if (change.kind == plan::RowChange::Kind::remove) continue;
        checks += fmt::format(
            "n := 0;\nIF pg_catalog.to_regclass({}) IS NOT NULL THEN\n"
            "SELECT count(*) INTO n FROM {} WHERE version_num = {};\nEND IF;\n"
            "IF n <> 1 THEN RAISE EXCEPTION USING ERRCODE = 'HT004', MESSAGE = {}; END IF;\n",
            pg::literal(table), table, pg::literal(change.to.text()),
            pg::literal(fmt::format("the statements of the revision have taken its own row out of the "
                                    "version table {}",
                                    table)));
    }
    if (!checks.empty()) message.ours("DO " + pg::literal("DECLARE n bigint;\nBEGIN\n" + checks + "END"));
}

void add_durability(Message& message) {
    message.ours("SELECT " + set_config("synchronous_commit", "local", true) +
                 " WHERE pg_catalog.current_setting('synchronous_commit') = 'off'");
}

void add_statement(Message& message, const revisions::Statement& statement, std::size_t index,
                   const settings::Limits& limits) {
    if (!statement.facts.validates) {
        message.statement(statement, index);
        return;
    }
    // `haetae.validating` tells the second SELECT whether the first one has raised the limits.
    message.ours(fmt::format(
        "SELECT {}, {}, {} WHERE pg_catalog.current_setting('haetae.limits') = "
        "pg_catalog.current_setting('lock_timeout') || ' ' || pg_catalog.current_setting('statement_timeout')",
        set_config("lock_timeout", milliseconds(limits.concurrent_lock_timeout), true),
        set_config("statement_timeout", "0", true), set_config("haetae.validating", "on", true)));
    message.statement(statement, index);
    message.ours(fmt::format("SELECT {}, {}, {} WHERE pg_catalog.current_setting('haetae.validating', true) = 'on'",
                             set_config("lock_timeout", milliseconds(limits.lock_timeout), true),
                             set_config("statement_timeout", milliseconds(limits.statement_timeout), true),
                             set_config("haetae.validating", "off", true)));
}

ledger::Entry entry_of(const Task& task, const Books& books) {
    return {.kind = "revision",
            .run = books.run,
            .domain = task.domain.name.text(),
            .revision = task.revision.text(),
            .direction = task.direction_word(),
            .up_checksum = task.up_checksum,
            .down_checksum = task.down_checksum};
}

ledger::Entry finished_entry(const Task& task, const Books& books, std::string began_sql) {
    auto entry = entry_of(task, books);
    if (task.out_of_order) entry.kind = "out-of-order";
    entry.outcome = "done";
    entry.statement = static_cast<int>(task.part.statements.size());
    entry.began_sql = std::move(began_sql);
    return entry;
}

}  // namespace haetae::execute
