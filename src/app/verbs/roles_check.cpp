// SPDX-License-Identifier: Apache-2.0
// `haetae roles check`: are the two roles apart, by the catalog and by what happens when the application tries?
#include <fmt/format.h>

#include "project/finder.hpp"
#include "protect/role_proof.hpp"
#include "verbs/verb_list.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

/// The application's own session. An Error is the reason why nothing can be tried.
base::Result<connect::Connection> open_as_app(const settings::Settings& settings, const target::Target& target,
                                              cli::Talk& talk) {
    const auto& name = target.environment.app_url_env;
    const auto reason = [](std::string text) { return base::Error{.code = "HT0749", .sentence = std::move(text)}; };
    if (!name) {
        return reason(fmt::format("environment {} names no variable with the application's URL (app_url_env)",
                                  target.environment.name));
    }
    if (!TRY(project::variable(settings, *name))) return reason(fmt::format("{} is not set", *name));
    const auto app =
        TRY(target::find_target(settings, {.environment = target.environment.name, .url = "env:" + *name}));
    for (const auto& note : app.notes) talk.note(note);
    talk.line("trying as the application: " + app.described());
    return open_to_look(app, talk);
}

base::Result<std::vector<roles::Check>> attempted(const settings::Settings& settings, const target::Target& target,
                                                  const roles::Roles& roles, const std::string& place,
                                                  cli::Talk& talk) {
    auto session = open_as_app(settings, target, talk);
    if (!session) return roles::no_attempt(roles, session.error().sentence);
    auto checks = protect::attempt_as_app(*session, roles, place);
    if (!checks) return roles::no_attempt(roles, checks.error().sentence);
    return checks;
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto settings = TRY(open_project(given, talk)).settings;
    const auto target = TRY(find_target(settings, given, talk));
    const auto roles = TRY(roles::roles_of(settings, target.environment));
    auto connection = TRY(open_to_look(target, talk));
    auto proof = TRY(protect::read_role_proof(connection, roles));
    const auto place = TRY(protect::read_whereabouts(connection));
    const auto tried = TRY(attempted(settings, target, roles, place, talk));
    proof.checks.insert(proof.checks.end(), tried.begin(), tried.end());
    return cli::Output{.text = given.json() ? roles::proof_json(roles, proof) : roles::proof_text(proof),
                       .exit_code = proof.holds() ? 0 : 1};
}

}  // namespace

extern const cli::Verb roles_check_verb{
    .name = "roles check",
    .group = cli::Group::protect,
    .summary = "prove that the application cannot change the schema, and that the migration role can",
    .description =
        "Reads the catalog, with every way round through memberships and PUBLIC; then logs in with the application's\n"
        "URL (app_url_env) and tries, in a transaction that is rolled back: CREATE TABLE in each domain must be\n"
        "refused; SELECT, INSERT, UPDATE and DELETE are tried by EXPLAIN, which touches no row. Below each failure\n"
        "stands the statement that mends it, for its owner or an administrator to run.\n"
        "\n"
        "The exit code is 1 where a check fails, and where one could not be attempted.",
    .example = "haetae roles check -e production",
    .run = run,
};

}  // namespace haetae::verbs
