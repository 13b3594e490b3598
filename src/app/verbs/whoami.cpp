// SPDX-License-Identifier: Apache-2.0
// `haetae whoami`: the URL is an ID card; this reads it aloud.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "protect/identity.hpp"
#include "protect/mark.hpp"
#include "verbs/emergency.hpp"
#include "verbs/gate.hpp"
#include "verbs/pooling.hpp"
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

/// What stands between us and the server.
struct Way {
    std::optional<pg::PoolingVerdict> pooling{};  ///< absent where it could not be found out
    std::string why_not{};
    Encryption encryption{};
};

Way way_of(connect::Connection& connection, const target::Target& target, cli::Talk& talk) {
    Way way{.encryption = encryption_of(connection, target)};
    auto pooling = examine_pooling(connection, target, talk);
    if (pooling) {
        way.pooling = *std::move(pooling);
    } else {
        way.why_not = pooling.error().sentence;
    }
    return way;
}

std::string way_text(const Way& way) {
    if (!way.pooling) return way.why_not;
    const auto& evidence = way.pooling->evidence;
    return pg::words_of(way.pooling->pooling) + (evidence.empty() ? "" : ": " + evidence);
}

/// What the database says of itself.
struct Sayings {
    policy::Mark mark{};
    std::string emergency{};  ///< the last one
};

nlohmann::ordered_json as_json(const policy::Mark& mark) {
    if (mark.state == policy::Mark::State::damaged) {
        return {{"state", "damaged"}, {"protected", true}, {"damage", mark.damage}};
    }
    return {{"state", "sound"},
            {"name", mark.name},
            {"protected", mark.is_protected},
            {"copy", mark.is_copy},
            {"made", mark.made_in}};
}

std::string as_text(const protect::Identity& identity, const target::Target& target, const Sayings& sayings,
                    const Way& way) {
    std::string text =
        fmt::format("you are    {}{}{}\n", identity.role,
                    identity.role == identity.session_role ? "" : " (logged in as " + identity.session_role + ")",
                    identity.is_superuser ? ", a superuser" : "");
    text += fmt::format("database   {} on PostgreSQL {} at {}{}\n", identity.database, identity.server_version,
                        identity.address,
                        identity.is_standby     ? ", a standby"
                        : identity.is_read_only ? ", read-only"
                                                : "");
    if (const auto mark = mark_text(sayings.mark); !mark.empty()) text += "mark       " + mark + "\n";
    if (!sayings.emergency.empty()) text += "emergency  the last one: " + sayings.emergency + "\n";
    text += fmt::format("through    {}, environment {}\n", target.origin, target.environment.name);
    text += fmt::format("connection {}; {}\n", way_text(way), way.encryption.words());
    if (!identity.attributes.empty()) text += "attributes " + joined(identity.attributes) + "\n";
    if (!identity.memberships.empty()) text += "may be     " + joined(identity.memberships) + "\n";
    text += fmt::format("schemas    {}\n", identity.may_create_schemas ? "may make new ones" : "may not make new ones");
    for (const auto& rights : identity.domains) {
        text += fmt::format("{:<10} {}\n", rights.domain.text(), rights_text(rights));
    }
    return text;
}

std::string as_json(const protect::Identity& identity, const target::Target& target, const Sayings& sayings,
                    const Way& way) {
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
    nlohmann::ordered_json document{{"role", identity.role},
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
    if (sayings.mark.state != policy::Mark::State::none) document["mark"] = as_json(sayings.mark);
    if (!sayings.emergency.empty()) document["last_emergency"] = sayings.emergency;
    if (way.pooling) document["pooling"] = pg::words_of(way.pooling->pooling);
    if (way.pooling && !way.pooling->evidence.empty()) document["pooling_evidence"] = way.pooling->evidence;
    document["encrypted"] = !way.encryption.method.empty();
    if (!way.encryption.method.empty()) document["encryption"] = way.encryption.method;
    return document.dump(2) + "\n";
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto project = TRY(open_project(given, talk));
    const auto target = TRY(find_target(project.settings, given, talk));
    auto connection = TRY(open_to_look(target, talk));
    const auto identity = TRY(protect::read_identity(connection, project.settings.domains));
    const auto& books = project.settings.ledger_schema;
    const Sayings sayings{.mark = TRY(protect::read_mark(connection, books)),
                          .emergency = last_emergency(connection, books)};
    const auto way = way_of(connection, target, talk);  // last: it may cost the connection
    return cli::Output{.text = given.json() ? as_json(identity, target, sayings, way)
                                            : as_text(identity, target, sayings, way)};
}

}  // namespace

extern const cli::Verb whoami_verb{
    .name = "whoami",
    .group = cli::Group::check,
    .summary = "who a URL makes you, on which database, and what you may do there",
    .description =
        "Connects, asks the server who you are, and lists what your role may do in the schema of each domain.\n"
        "Says what the database calls itself, whether it is protected, and when rules were last broken in an "
        "emergency;\n"
        "whether the session has a server process of its own, or shares it through a pooler, and whether it is\n"
        "encrypted. Writes nothing.",
    .example = "haetae whoami\nhaetae whoami --url env:MIGRATION_DB_URL",
    .run = run,
};

}  // namespace haetae::verbs
