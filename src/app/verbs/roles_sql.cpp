// SPDX-License-Identifier: Apache-2.0
// `haetae roles sql`: the statements for an administrator who pastes them.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "verbs/role_passwords.hpp"
#include "verbs/verb_list.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

base::Result<settings::Environment> environment_of(const settings::Settings& settings, const cli::Given& given) {
    const auto name = given.value("--env").value_or("local");
    const auto found = settings.environments.find(name);
    if (found != settings.environments.end()) return found->second;
    return base::Error{.code = "HT0302",
                       .sentence = fmt::format("haetae.toml has no environment '{}'", name),
                       .hint = fmt::format("write a section [env.{}]", name)};
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto settings = TRY(open_project(given, talk)).settings;
    const auto environment = TRY(environment_of(settings, given));
    const auto roles = TRY(roles::roles_of(settings, environment));
    const auto passwords = TRY(choose_passwords(settings, roles, {roles.migration, roles.app}, talk));
    for (const auto& line : passwords.to_show()) {
        talk.warning("if these statements make the role, this is its password, shown once: " + line);
    }
    for (const auto& role : passwords.without) {
        talk.note(
            fmt::format("role {} gets no password where it is new: its variable is not set, and there is no "
                        "terminal to show a made one on",
                        role));
    }
    const auto sql = roles::whole_script(roles, passwords.verifiers, environment.limits.lock_timeout);
    if (!given.json()) return cli::Output{.text = sql};
    return cli::Output{.text = nlohmann::ordered_json{{"sql", sql}}.dump(2) + "\n"};
}

}  // namespace

extern const cli::Verb roles_sql_verb{
    .name = "roles sql",
    .group = cli::Group::protect,
    .summary = "the SQL that makes the migration role and the application role",
    .description =
        "Prints one transaction for an administrator: a superuser, or one who may create roles and owns the database,\n"
        "such as `postgres` in the SQL Editor of Supabase. It makes migration_role, which owns the schemas of the\n"
        "domains and of the ledger, and app_role, which reads and writes rows and nothing more, also in tables to\n"
        "come. Roles and objects that are there are brought to that state, so it may be run again at any time.\n"
        "\n"
        "Passwords come from HAETAE_MIGRATION_PASSWORD and HAETAE_APP_PASSWORD. A new role whose variable is not set\n"
        "gets one that is made here, where standard error is a terminal to show it on, once. The SQL holds only what\n"
        "the server keeps of a password. Asks no database.",
    .example = "haetae roles sql -e production > roles.sql",
    .run = run,
};

}  // namespace haetae::verbs
