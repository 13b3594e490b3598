// SPDX-License-Identifier: Apache-2.0
// Mark and ledger change in one transaction. An administrator's session acts as the migration role where it may, so
// that the books belong to who keeps them.
#include "verbs/marking.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ledger/own_schema.hpp"
#include "ledger/rights.hpp"
#include "pg/identifier.hpp"
#include "policy/mark_change.hpp"
#include "protect/mark.hpp"
#include "protect/session_role.hpp"
#include "verbs/admin_target.hpp"
#include "verbs/emergency.hpp"
#include "verbs/gate.hpp"
#include "verbs/migrator_session.hpp"
#include "verbs/pooling.hpp"
#include "verbs/runner.hpp"

namespace haetae::verbs {

namespace {

/// Makes the schema of the books for the migration role and takes that role on, where the administrator may.
base::Status act_as_migration_role(connect::Connection& connection, const std::string& schema,
                                   const settings::Environment& environment) {
    if (!environment.migration_role) return base::Done{};
    const auto role = pg::literal(*environment.migration_role);
    // From 16 on a membership may come without the right to SET ROLE.
    constexpr int version_with_set = 160000;
    const auto* const right = connection.server_version() >= version_with_set ? "SET" : "MEMBER";
    const auto may = TRY(connection.simple(fmt::format(
        "SELECT pg_catalog.pg_has_role(r.oid, '{}'), r.rolname <> CURRENT_USER, NOT EXISTS (SELECT FROM "
        "pg_catalog.pg_namespace AS n WHERE n.nspname = {}) FROM pg_catalog.pg_roles AS r WHERE r.rolname = {}",
        right, pg::literal(schema), role)));
    if (may.empty() || !may.is_true(0, 0) || !may.is_true(0, 1)) return base::Done{};
    const auto quoted = pg::quote(*environment.migration_role);
    if (may.is_true(0, 2)) {
        TRY(connection.simple(fmt::format("CREATE SCHEMA {} AUTHORIZATION {}", pg::quote(schema), quoted)));
    }
    TRY(connection.simple("SET ROLE " + quoted));
    return base::Done{};
}

base::Result<Gate> read_gate_to_mark(connect::Connection& connection, const settings::Settings& settings,
                                     const settings::Environment& environment) {
    auto gate = TRY(read_gate(connection, settings, environment));
    auto role = TRY(protect::read_session_role(connection));
    gate.session.database = std::move(role.database);
    gate.session.role = std::move(role.role);
    gate.session.session_role = std::move(role.session_role);
    return gate;
}

std::string script_of(const std::string& schema, ledger::RunId run, const policy::Mark& before,
                      const std::optional<std::string>& name, const protect::Place& place, const std::string& reason) {
    const bool is_damaged = before.state == policy::Mark::State::damaged;
    const auto kept = name.value_or(before.name.empty() ? "unprotected" : before.name);
    const nlohmann::ordered_json details{{"name", kept},
                                         {"before", before.name},
                                         {"was_copy", before.is_copy},
                                         {"damage", before.damage},
                                         {"database", place.database_name},
                                         {"database_oid", place.database_oid},
                                         {"system_identifier", place.system_identifier.value_or("")}};
    std::string script = "BEGIN;\n";
    if (is_damaged) script += fmt::format("DROP TABLE IF EXISTS {};\n", pg::quote(schema, "environment"));
    script += ledger::mark_table_sql(schema) + protect::write_mark_sql(schema, kept, name.has_value(), place) + ";\n";
    script += ledger::insert_sql(
        schema, {.kind = name ? "protected" : "unprotected", .run = run, .reason = reason, .details = details.dump()});
    return script + ";\nCOMMIT";
}

cli::Output said(const cli::Given& given, const policy::GateSession& session, const std::optional<std::string>& name,
                 bool changed) {
    if (given.json()) {
        nlohmann::ordered_json document{{"database", session.database}, {"protected", name.has_value()}};
        if (name) document["name"] = *name;
        document["changed"] = changed;
        return {.text = document.dump(2) + "\n"};
    }
    const auto what = name ? fmt::format("is {}, and protected", *name) : std::string("is not protected");
    return {.text = fmt::format("{}database {} {}\n", changed ? "" : "nothing to do: ", session.database, what)};
}

}  // namespace

base::Result<cli::Output> set_mark(const cli::Given& given, cli::Talk& talk, const std::optional<std::string>& name) {
    const auto project = TRY(open_project(given, talk));
    const auto& settings = project.settings;
    const auto access = TRY(find_admin_target(settings, given, talk));
    const auto& environment = access.target.environment;
    const policy::MarkChange change{
        .name = name, .here = given.has("--here"), .as_administrator = access.is_administrator};
    talk.line(fmt::format("{} {}", name ? "protecting" : "unprotecting", access.target.described()));

    std::optional own_process = TRY(open_own_process(access.target, talk));
    const auto pooling = own_process->pooling;
    const auto first = TRY(read_gate_to_mark(own_process->connection, settings, environment));
    own_process.reset();
    const auto action = TRY(policy::judge_mark_change(first.settings, first.session, change));
    if (action == policy::MarkAction::nothing) return said(given, first.session, name, false);
    if (action == policy::MarkAction::confirm) {
        talk.warning(fmt::format("database {} {}", first.session.database, mark_text(first.session.mark)));
        TRY(confirm_database(given, talk, first.session.database));
    }
    const std::string verb = name ? "protect" : "unprotect";
    auto session = TRY(begin_session(access.target, talk, verb));
    auto& work = session.connection();
    if (TRY(protect::read_mark(work, settings.ledger_schema)) != first.session.mark) {
        return base::Error{.code = "HT0715",
                           .sentence = "somebody else changed the mark of this database meanwhile",
                           .hint = "look at it again: haetae status",
                           .database_state = "nothing was changed by this run"};
    }
    if (access.is_administrator) TRY(act_as_migration_role(work, settings.ledger_schema, environment));
    TRY(ledger::check_rights(work, {}, {}, settings.ledger_schema));
    const auto runner = runner_of(settings, given, name ? verb + " " + *name : verb, pooling);
    const auto books = TRY(open_books(work, settings.ledger_schema, runner, std::nullopt));
    const auto place = TRY(protect::read_place(work));
    TRY(work.simple(script_of(settings.ledger_schema, books.run, first.session.mark, name, place, runner.reason)));
    if (access.is_administrator) TRY(work.simple("RESET ROLE"));
    TRY(session.end());
    if (name && !settings.environments.contains(*name)) {
        talk.note(fmt::format("haetae.toml has no environment {0}: to change this database, add [env.{0}]", *name));
    }
    if (!name && environment.is_protected) {
        talk.note(fmt::format("haetae.toml still protects environment {}", environment.name));
    }
    return said(given, first.session, name, true);
}

}  // namespace haetae::verbs
