// SPDX-License-Identifier: Apache-2.0
// `haetae whoami`: the URL is an ID card; this reads it aloud.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "protect/identity.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string rights_text(const protect::DomainRights& rights) {
    if (!rights.schema_exists) return "the schema does not exist yet";
    std::string text = rights.may_create ? "may create and change objects" : "may not create objects";
    if (rights.tables == 0) return text;
    return text + fmt::format("; reads {} and writes {} of {} tables", rights.readable, rights.writable, rights.tables);
}

std::string as_text(const protect::Identity& identity, const target::Target& target) {
    std::string text =
        fmt::format("you are    {}{}{}\n", identity.role,
                    identity.role == identity.session_role ? "" : " (logged in as " + identity.session_role + ")",
                    identity.is_superuser ? ", a superuser" : "");
    text += fmt::format("database   {} on PostgreSQL {} at {}{}\n", identity.database, identity.server_version,
                        identity.address,
                        identity.is_standby     ? ", a standby"
                        : identity.is_read_only ? ", read-only"
                                                : "");
    text += fmt::format("through    {}, environment {}\n", target.origin, target.environment.name);
    if (!identity.attributes.empty()) text += "attributes " + joined(identity.attributes) + "\n";
    if (!identity.memberships.empty()) text += "may be     " + joined(identity.memberships) + "\n";
    text += fmt::format("schemas    {}\n", identity.may_create_schemas ? "may make new ones" : "may not make new ones");
    for (const auto& rights : identity.domains) {
        text += fmt::format("{:<10} {}\n", rights.domain.text(), rights_text(rights));
    }
    return text;
}

std::string as_json(const protect::Identity& identity, const target::Target& target) {
    nlohmann::ordered_json domains = nlohmann::ordered_json::array();
    for (const auto& rights : identity.domains) {
        domains.push_back({{"domain", rights.domain.text()},
                           {"schema", rights.schema},
                           {"exists", rights.schema_exists},
                           {"usage", rights.may_use},
                           {"create", rights.may_create},
                           {"tables", rights.tables},
                           {"readable", rights.readable},
                           {"writable", rights.writable}});
    }
    const nlohmann::ordered_json document{{"role", identity.role},
                                          {"session_role", identity.session_role},
                                          {"database", identity.database},
                                          {"server_version", identity.server_version},
                                          {"address", identity.address},
                                          {"environment", target.environment.name},
                                          {"standby", identity.is_standby},
                                          {"read_only", identity.is_read_only},
                                          {"superuser", identity.is_superuser},
                                          {"attributes", identity.attributes},
                                          {"memberships", identity.memberships},
                                          {"create_schemas", identity.may_create_schemas},
                                          {"domains", domains}};
    return document.dump(2) + "\n";
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto project = TRY(open_project(given, talk));
    const auto target = TRY(find_target(project.settings, given, talk));
    auto connection = TRY(open_to_look(target, talk));
    const auto identity = TRY(protect::read_identity(connection, project.settings.domains));
    return cli::Output{.text = given.json() ? as_json(identity, target) : as_text(identity, target)};
}

}  // namespace

extern const cli::Verb whoami_verb{
    .name = "whoami",
    .group = cli::Group::check,
    .summary = "who a URL makes you, on which database, and what you may do there",
    .description =
        "Connects, asks the server who you are, and lists what your role may do in the schema of each domain.\n"
        "Writes nothing.",
    .example = "haetae whoami\nhaetae whoami --url env:MIGRATION_DB_URL",
    .run = run,
};

}  // namespace haetae::verbs
