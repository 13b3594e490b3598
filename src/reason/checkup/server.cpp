// SPDX-License-Identifier: Apache-2.0
// A superuser or an application's role is no failure by itself: it depends on what the environment says of itself.
#include "checkup/server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "pg/identifier.hpp"

namespace haetae::checkup {

namespace {

using outcome::CheckLine;
using enum CheckLine::State;

constexpr int oldest_server = 13;
constexpr int newest_server = 18;

CheckLine identity_line(const ServerFacts& facts, const settings::Environment& environment) {
    CheckLine line{.state = ok,
                   .topic = "identity",
                   .text = fmt::format("{}{} on database {} at {}", facts.role,
                                       facts.is_superuser ? ", a superuser," : "", facts.database, facts.address)};
    const auto& wanted = environment.migration_role;
    const auto serious = environment.is_protected ? failure : warning;
    if (facts.is_standby || facts.is_read_only) {
        line.state = failure;
        line.text += facts.is_standby ? ", which is a standby" : ", which is read-only";
        line.remedy = facts.is_standby ? "give the URL of the primary server"
                                       : "look at default_transaction_read_only of the role and the database";
    } else if (wanted && *wanted != facts.role) {
        line.state = serious;
        line.text += fmt::format("; environment {} is migrated as {}", environment.name, *wanted);
        line.remedy = fmt::format("give the URL of {}", *wanted);
    } else if (facts.is_superuser && environment.name != "local") {
        line.state = serious;
        line.remedy = "migrate as a role that owns the domains' schemas and no more";
    }
    return line;
}

CheckLine schema_line(const SchemaFacts& schema, const ServerFacts& facts, const settings::Environment& environment) {
    CheckLine line{.state = ok, .topic = "domain " + schema.domain.text()};
    const auto role = pg::quote(facts.role);
    if (schema.exists && schema.may_create) {
        line.text = fmt::format("{} may create objects in schema {}", facts.role, schema.schema);
    } else if (!schema.exists && facts.may_create_schemas) {
        line.text = fmt::format("schema {} does not exist yet; the first upgrade makes it", schema.schema);
    } else if (!schema.exists) {
        line.text = fmt::format("schema {} does not exist, and {} may not make it", schema.schema, facts.role);
        line.remedy =
            fmt::format("as an administrator: CREATE SCHEMA {} AUTHORIZATION {}", pg::quote(schema.schema), role);
    } else {
        line.text = fmt::format("{} may not create objects in schema {}", facts.role, schema.schema);
        line.remedy = fmt::format("GRANT USAGE, CREATE ON SCHEMA {} TO {}; an application's role is right without",
                                  pg::quote(schema.schema), role);
    }
    if (!line.remedy.empty()) line.state = environment.migration_role == facts.role ? failure : warning;
    return line;
}

Lines limit_lines(const ServerFacts& facts) {
    Lines lines;
    std::string harmless;
    for (const auto& limit : facts.limits) {
        if (limit.name != "transaction_timeout") {
            harmless += fmt::format("{}{} {}", harmless.empty() ? "" : ", ", limit.name, limit.value);
            continue;
        }
        lines.push_back(
            {.state = warning,
             .topic = "limits",
             .text = fmt::format("transaction_timeout {} ends every revision that takes longer", limit.value),
             .remedy = fmt::format("ALTER ROLE {} SET transaction_timeout = 0", pg::quote(facts.role))});
    }
    if (!harmless.empty()) {
        lines.push_back({.topic = "limits",
                         .text = harmless + " in force for this role; revisions run under the environment's own"});
    }
    if (lines.empty()) lines.push_back({.topic = "limits", .text = "none but the environment's own"});
    return lines;
}

CheckLine extension_line(const ExtensionFacts& extension, const ServerFacts& facts) {
    const auto topic = "extension " + extension.name;
    if (extension.is_installed) return {.topic = topic, .text = "is installed"};
    if (!extension.is_available) {
        return {.state = failure,
                .topic = topic,
                .text = "a revision creates it, and its files are not on the server",
                .remedy = "install its package on the server, or choose a server that has it"};
    }
    const bool may_create = facts.is_superuser || (extension.is_trusted && facts.may_create_schemas);
    if (may_create || facts.is_supabase) return {.topic = topic, .text = "is available; a revision creates it"};
    return {.state = warning,
            .topic = topic,
            .text = fmt::format("a revision creates it, and {} may not", facts.role),
            .remedy = "create it beforehand as an administrator, and say IF NOT EXISTS in the revision"};
}

}  // namespace

Lines judge_server(const ServerFacts& facts, const settings::Environment& environment) {
    Lines lines{identity_line(facts, environment)};
    for (const auto& schema : facts.schemas) lines.push_back(schema_line(schema, facts, environment));
    for (auto& line : limit_lines(facts)) lines.push_back(std::move(line));
    for (const auto& extension : facts.extensions) lines.push_back(extension_line(extension, facts));
    return lines;
}

Lines judge_schema_names(const std::vector<settings::Domain>& domains, bool is_supabase) {
    // Supabase's documentation, "Schemas": these belong to the platform and change with its upgrades.
    constexpr std::array<std::string_view, 13> taken{
        "auth",     "storage",   "realtime", "extensions", "graphql",   "graphql_public",     "vault",
        "pgsodium", "pgbouncer", "net",      "cron",       "_realtime", "supabase_migrations"};
    Lines lines;
    for (const auto& domain : domains) {
        if (std::find(taken.begin(), taken.end(), domain.schema) == taken.end()) continue;
        lines.push_back(
            {.state = is_supabase ? failure : warning,
             .topic = "domain " + domain.name.text(),
             .text = fmt::format("schema {} is the platform's own on Supabase", domain.schema),
             .remedy = fmt::format("name another in haetae.toml: [domain.{}] schema = \"…\"", domain.name.text())});
    }
    return lines;
}

Lines judge_versions(const Versions& versions) {
    const int major = versions.server / 10000;
    Lines lines;
    CheckLine line{.topic = "versions"};
    if (major == 0) {
        line.text = fmt::format("libpq {}, statements read by the grammar of PostgreSQL {}", versions.client / 10000,
                                versions.grammar / 10000);
        line.state = ok;
    } else {
        line.text =
            fmt::format("PostgreSQL {} on the server, libpq {}, statements read by the grammar of PostgreSQL {}", major,
                        versions.client / 10000, versions.grammar / 10000);
    }
    if (major != 0 && (major < oldest_server || major > newest_server)) {
        line.state = major < oldest_server ? failure : warning;
        line.remedy = fmt::format("haetae knows PostgreSQL {} to {}", oldest_server, newest_server);
    }
    lines.push_back(std::move(line));
    if (!versions.pg_dump) {
        lines.push_back({.state = warning,
                         .topic = "pg_dump",
                         .text = "is not on this machine, so that no backup can be made from it",
                         .remedy = "install PostgreSQL's client programs (Debian and Ubuntu: postgresql-client)"});
    } else if (*versions.pg_dump < major) {
        lines.push_back(
            {.state = warning,
             .topic = "pg_dump",
             .text = fmt::format("is of version {} and refuses a server of version {}", *versions.pg_dump, major),
             .remedy = fmt::format("install the client programs of PostgreSQL {}", major)});
    } else {
        lines.push_back({.topic = "pg_dump", .text = fmt::format("is of version {}", *versions.pg_dump)});
    }
    return lines;
}

}  // namespace haetae::checkup
