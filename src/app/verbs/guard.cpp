// SPDX-License-Identifier: Apache-2.0
// `haetae guard …`: event triggers that refuse schema changes made past haetae.
#include "protect/guard.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ledger/ledger.hpp"
#include "ledger/own_schema.hpp"
#include "pg/identifier.hpp"
#include "verbs/admin_target.hpp"
#include "verbs/gate.hpp"
#include "verbs/migrator_session.hpp"
#include "verbs/pooling.hpp"
#include "verbs/runner.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

constexpr std::string_view insufficient_privilege = "42501";

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

cli::Output shown(const protect::GuardState& state, const settings::Settings& settings, bool json) {
    const auto schemas = protect::guarded_schemas(settings);
    const int exit_code = state.problems.empty() ? 0 : 1;
    if (json) {
        const nlohmann::ordered_json document{{"ok", state.problems.empty()},
                                              {"installed", state.is_installed},
                                              {"schemas", schemas},
                                              {"problems", state.problems}};
        return {.text = document.dump(2) + "\n", .exit_code = exit_code};
    }
    if (state.problems.empty()) return {.text = "the guard stands before the schemas " + joined(schemas) + "\n"};
    std::string text;
    for (const auto& problem : state.problems) text += problem + "\n";
    return {.text = text, .exit_code = exit_code, .next = {"`haetae guard install` puts it right"}};
}

/// The row that says who did it; "" where there is no ledger, or where the role may not write it.
base::Result<std::string> ledger_row(connect::Connection& connection, const std::string& schema,
                                     const std::string& kind, const std::vector<std::string>& schemas,
                                     const ledger::Runner& runner, cli::Talk& talk) {
    if (TRY(ledger::own_schema_version(connection, schema)) == 0) {
        talk.note("there is no ledger yet, so this is not recorded; the first `haetae upgrade` makes it");
        return std::string();
    }
    const auto table = pg::literal(pg::quote(schema, "ledger"));
    const auto may =
        TRY(connection.simple(fmt::format("SELECT pg_catalog.has_table_privilege({0}, 'SELECT') AND "
                                          "pg_catalog.has_table_privilege({0}, 'INSERT'), CURRENT_USER",
                                          table)));
    if (!may.is_true(0, 0)) {
        talk.warning(fmt::format("role {} may not write the ledger, so this is not recorded", may.text(0, 1)));
        return std::string();
    }
    const nlohmann::ordered_json details{
        {"schemas", schemas}, {"os_user", runner.os_user}, {"host", runner.host}, {"haetae", runner.tool_version}};
    return ledger::insert_sql(schema, {.kind = kind, .reason = runner.reason, .details = details.dump()}) + ";\n";
}

base::Error not_allowed(base::Error error, const settings::Environment& environment) {
    if (error.sqlstate != insufficient_privilege) return error;
    const auto admin = environment.admin_url_env
                           ? fmt::format("set {} to the URL of one who may", *environment.admin_url_env)
                           : std::string("name the variable with the URL of one who may in admin_url_env");
    return {.code = "HT0770",
            .sentence = "this role may not make or take away event triggers: " + error.sentence,
            .hint = "event triggers belong to superusers, or to a role that the platform lends that right: " + admin +
                    ", or give them what `haetae guard sql` prints",
            .sqlstate = error.sqlstate,
            .database_state = "nothing was changed"};
}

/// One transaction, under the migrator lock: no migration may be under way, and the ledger's chain has one writer.
base::Result<cli::Output> change(const cli::Given& given, cli::Talk& talk, const settings::Settings& settings,
                                 bool installs) {
    const auto target = TRY(find_admin_target(settings, given, talk)).target;
    talk.line(fmt::format("{} in {}", installs ? "installing the guard" : "removing the guard", target.described()));
    const auto pooling = TRY(open_own_process(target, talk)).pooling;
    auto session = TRY(begin_session(target, talk, "guard"));
    auto& connection = session.connection();
    TRY(require_mark(connection, settings, target.environment));
    const auto before = TRY(protect::read_guard(connection, settings));
    if (!installs && !before.is_installed) {
        TRY(session.end());
        return cli::Output{.text = "nothing to do: there is no guard in this database\n"};
    }
    const auto schemas = protect::guarded_schemas(settings);
    const auto runner = runner_of(settings, given, installs ? "guard install" : "guard remove", pooling);
    const auto row = TRY(ledger_row(connection, settings.ledger_schema, installs ? "guard-installed" : "guard-removed",
                                    schemas, runner, talk));
    const auto sql = installs ? protect::guard_sql(settings) : protect::remove_guard_sql(settings);
    auto done = connection.simple("BEGIN;\n" + sql + row + "COMMIT");
    if (!done) {
        static_cast<void>(connection.run_script("ROLLBACK"));
        return not_allowed(std::move(done).error(), target.environment);
    }
    TRY(session.end());
    if (!installs) return cli::Output{.text = "the guard is gone\n"};
    return cli::Output{.text = "the guard stands before the schemas " + joined(schemas) + "\n"};
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto settings = TRY(open_project(given, talk)).settings;
    const auto& action = given.arguments.front();
    if (action == "sql") return cli::Output{.text = "BEGIN;\n" + protect::guard_sql(settings) + "COMMIT;\n"};
    if (action != "check") return change(given, talk, settings, action == "install");
    const auto target = TRY(find_target(settings, given, talk));
    auto connection = TRY(open_to_look(target, talk));
    return shown(TRY(protect::read_guard(connection, settings)), settings, given.json());
}

}  // namespace

extern const cli::Verb guard_verb{
    .name = "guard",
    .group = cli::Group::protect,
    .summary = "event triggers that refuse schema changes made past haetae",
    .description =
        "With the guard in place, CREATE, ALTER and DROP in the schemas of the domains and of the ledger are refused\n"
        "unless haetae itself sends them, or the session says by SET haetae.ticket = 'NAME OF THE DATABASE' that it\n"
        "means it. It stops accidents, not malice; docs/safety.md says what it cannot see, and the ways through.\n"
        "\n"
        "sql prints the statements for one who may create event triggers. install and remove run them, with the URL "
        "of\n"
        "admin_url_env where there is one, and record it in the ledger. check exits 1 unless the guard is whole, and\n"
        "fits the domains as they are now.",
    .example = "haetae guard check -e production\nhaetae guard sql > guard.sql",
    .arguments = {{"sql|install|check|remove", "what to do", 1, 1}},
    .options = {{"--reason", 0, cli::Option::Kind::value, "TEXT", "why, for the ledger"}},
    .run = run,
};

}  // namespace haetae::verbs
