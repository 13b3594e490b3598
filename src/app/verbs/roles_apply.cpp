// SPDX-License-Identifier: Apache-2.0
// `haetae roles apply`: the statements of `roles sql`, the books and their row, in one transaction, under the migrator
// lock: no migration may be under way, and the ledger has one writer.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ledger/ledger.hpp"
#include "ledger/own_schema.hpp"
#include "pg/identifier.hpp"
#include "verbs/admin_target.hpp"
#include "verbs/gate.hpp"
#include "verbs/migrator_session.hpp"
#include "verbs/pooling.hpp"
#include "verbs/role_passwords.hpp"
#include "verbs/runner.hpp"
#include "verbs/verb_list.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

base::Result<std::vector<std::string>> missing_roles(connect::Connection& connection, const roles::Roles& roles) {
    const auto rows = TRY(connection.simple(
        fmt::format("SELECT w.name FROM (VALUES (1, {}), (2, {})) AS w (number, name) WHERE NOT EXISTS "
                    "(SELECT FROM pg_catalog.pg_roles AS r WHERE r.rolname = w.name) ORDER BY w.number",
                    pg::literal(roles.migration), pg::literal(roles.app))));
    std::vector<std::string> names;
    for (std::size_t i = 0; i < rows.size(); ++i) names.push_back(rows.text(i, 0));
    return names;
}

std::string ledger_row(const roles::Roles& roles, const RolePasswords& passwords, const std::vector<std::string>& made,
                       const ledger::Runner& runner) {
    nlohmann::ordered_json details{
        {"migration_role", roles.migration}, {"app_role", roles.app},     {"made", made},
        {"passwords_set", passwords.set},    {"os_user", runner.os_user}, {"host", runner.host},
        {"haetae", runner.tool_version}};
    if (!runner.ci_run.empty()) details["ci_run"] = runner.ci_run;
    if (!runner.ci_actor.empty()) details["ci_actor"] = runner.ci_actor;
    if (!runner.ci_commit.empty()) details["ci_commit"] = runner.ci_commit;
    const auto text = details.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    return ledger::insert_sql(roles.ledger_schema,
                              {.kind = "roles-applied", .outcome = "done", .reason = runner.reason, .details = text}) +
           ";\n";
}

/// What the migration role does for itself, once the session acts as it.
base::Result<std::string> own_part(connect::Connection& connection, const roles::Roles& roles, const std::string& row) {
    return TRY(ledger::own_schema_script(connection, roles.ledger_schema)) +
           roles::domain_rights_sql(roles, roles.domains) + roles::ledger_rights_sql(roles) + row +
           "RESET ROLE;\nCOMMIT";
}

base::Status apply(connect::Connection& connection, const roles::Roles& roles, const std::string& foundation,
                   const std::string& row) {
    TRY(connection.simple("BEGIN;\n" + foundation));
    const auto rest = TRY(own_part(connection, roles, row));
    TRY(connection.simple(rest));
    return base::Done{};
}

base::Error refused(base::Error error, const settings::Environment& environment) {
    error.database_state = "nothing was changed";
    if (error.sqlstate == "HT006") {
        error.code = "HT0747";
        error.hint =
            "name another role in haetae.toml: neither may be a superuser, and the application's may not be the "
            "administrator who sets up the roles";
    } else if (error.sqlstate == "42501") {
        error.code = "HT0748";
        error.hint = fmt::format(
            "this takes a superuser, or one who may create roles, owns the database and may act as the owners of what "
            "is "
            "in the schemas{}",
            environment.admin_url_env ? ": " + *environment.admin_url_env + " should hold such a URL"
                                      : ": name the variable with such a URL in admin_url_env");
    }
    return error;
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto settings = TRY(open_project(given, talk)).settings;
    const auto target = TRY(find_admin_target(settings, given, talk)).target;
    const auto roles = TRY(roles::roles_of(settings, target.environment));
    talk.line("setting up roles in " + target.described());
    const auto pooling = TRY(open_own_process(target, talk)).pooling;
    auto session = TRY(begin_session(target, talk, "roles"));
    auto& connection = session.connection();
    TRY(require_mark(connection, settings, target.environment));
    const auto made = TRY(missing_roles(connection, roles));
    const auto passwords = TRY(choose_passwords(settings, roles, made, talk));
    if (!passwords.without.empty() && !given.has("--no-passwords")) {
        return base::Error{
            .code = "HT0746",
            .sentence = fmt::format("role {} is new and there is no password for it", passwords.without.front()),
            .hint =
                "set HAETAE_MIGRATION_PASSWORD and HAETAE_APP_PASSWORD; or run this on a terminal, "
                "where made ones can be shown; or say --no-passwords, where roles log in by other "
                "means",
            .database_state = "nothing was changed"};
    }
    const auto row = ledger_row(roles, passwords, made, runner_of(settings, given, "roles apply", pooling));
    const auto foundation = roles::foundation_sql(roles, passwords.verifiers, target.environment.limits.lock_timeout);
    if (auto done = apply(connection, roles, foundation, row); !done) {
        static_cast<void>(connection.run_script("ROLLBACK"));
        return refused(std::move(done).error(), target.environment);
    }
    for (const auto& line : passwords.to_show()) talk.warning("this password is shown once: " + line);
    TRY(session.end());
    if (given.json()) {
        const nlohmann::ordered_json document{{"migration_role", roles.migration},
                                              {"app_role", roles.app},
                                              {"made", made},
                                              {"passwords_set", passwords.set}};
        return cli::Output{.text = document.dump(2) + "\n"};
    }
    std::string text;
    for (const auto& role : made) text += "made role " + role + "\n";
    return cli::Output{
        .text = text + fmt::format("{} owns the schemas, {} works in them\n", roles.migration, roles.app),
        .next = {fmt::format("`haetae roles check -e {}` proves it", target.environment.name)}};
}

}  // namespace

extern const cli::Verb roles_apply_verb{
    .name = "roles apply",
    .group = cli::Group::protect,
    .summary = "make the migration role and the application role, or bring them to what they should be",
    .description =
        "Runs what `haetae roles sql` prints, in one transaction, with the administrator's URL: the variable that\n"
        "admin_url_env names, or --url. It also makes the ledger, and writes there that it was done. A role that is\n"
        "there keeps its password, unless HAETAE_MIGRATION_PASSWORD or HAETAE_APP_PASSWORD is set.",
    .example = "haetae roles apply -e production",
    .options = {{"--no-passwords", 0, cli::Option::Kind::flag, "", "new roles whose variable is not set get none"},
                {"--reason", 0, cli::Option::Kind::value, "TEXT", "why, for the ledger"}},
    .run = run,
};

}  // namespace haetae::verbs
