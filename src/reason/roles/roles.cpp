// SPDX-License-Identifier: Apache-2.0
// PostgreSQL manual, "CREATE ROLE": names that begin with pg_ are reserved; `public` and `none` are no names.
#include "roles/roles.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "pg/identifier.hpp"

namespace haetae::roles {

namespace {

constexpr std::string_view owned_objects = R"(
SELECT o.classid, o.objid, o.owner, o.namespace FROM (
    SELECT c.tableoid AS classid, c.oid AS objid, c.relowner AS owner, c.relnamespace AS namespace
    FROM pg_catalog.pg_class AS c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    UNION ALL SELECT p.tableoid, p.oid, p.proowner, p.pronamespace FROM pg_catalog.pg_proc AS p
    UNION ALL SELECT t.tableoid, t.oid, t.typowner, t.typnamespace FROM pg_catalog.pg_type AS t
        WHERE t.typtype IN ('b', 'd', 'e', 'r')
           OR t.typtype = 'c' AND EXISTS (SELECT FROM pg_catalog.pg_class AS c
                                          WHERE c.oid = t.typrelid AND c.relkind = 'c')
    UNION ALL SELECT x.tableoid, x.oid, x.oprowner, x.oprnamespace FROM pg_catalog.pg_operator AS x
    UNION ALL SELECT x.tableoid, x.oid, x.opcowner, x.opcnamespace FROM pg_catalog.pg_opclass AS x
    UNION ALL SELECT x.tableoid, x.oid, x.opfowner, x.opfnamespace FROM pg_catalog.pg_opfamily AS x
    UNION ALL SELECT x.tableoid, x.oid, x.collowner, x.collnamespace FROM pg_catalog.pg_collation AS x
    UNION ALL SELECT x.tableoid, x.oid, x.conowner, x.connamespace FROM pg_catalog.pg_conversion AS x
    UNION ALL SELECT x.tableoid, x.oid, x.dictowner, x.dictnamespace FROM pg_catalog.pg_ts_dict AS x
    UNION ALL SELECT x.tableoid, x.oid, x.cfgowner, x.cfgnamespace FROM pg_catalog.pg_ts_config AS x
    UNION ALL SELECT x.tableoid, x.oid, x.stxowner, x.stxnamespace FROM pg_catalog.pg_statistic_ext AS x
) AS o
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d
                  WHERE d.classid = o.classid AND d.objid = o.objid AND d.objsubid = 0
                    AND (d.deptype IN ('e', 'i')
                         OR d.deptype = 'a' AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                            AND d.refobjsubid > 0
                            AND EXISTS (SELECT FROM pg_catalog.pg_class AS c
                                        WHERE c.oid = o.objid AND c.relkind = 'S'))))";

void sort_once(std::vector<std::string>& words) {
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
}

bool holds(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

base::Status check_name(const std::string& name) {
    if (!name.starts_with("pg_") && name != "public" && name != "none") return base::Done{};
    return base::Error{.code = "HT0742",
                       .sentence = fmt::format("no role can be named {}: PostgreSQL keeps that name for itself", name),
                       .hint = "name another in migration_role or app_role of haetae.toml"};
}

}  // namespace

std::vector<std::string> Roles::domain_schemas() const {
    std::vector<std::string> schemas;
    for (const auto& domain : domains) schemas.push_back(domain.schema);
    sort_once(schemas);
    return schemas;
}

std::vector<std::string> Roles::read_schemas() const {
    const auto lived_in = domain_schemas();
    std::vector<std::string> schemas{ledger_schema};
    for (const auto& domain : domains) {
        if (!holds(lived_in, domain.version_schema)) schemas.push_back(domain.version_schema);
    }
    sort_once(schemas);
    return schemas;
}

std::vector<std::string> Roles::schemas_to_make() const {
    std::vector<std::string> schemas{ledger_schema};
    for (const auto& domain : domains) schemas.push_back(domain.version_schema);
    sort_once(schemas);
    return schemas;
}

base::Result<Roles> roles_of(const settings::Settings& settings, const settings::Environment& environment) {
    if (!environment.migration_role || !environment.app_role) {
        const auto* const missing = environment.migration_role ? "app_role" : "migration_role";
        return base::Error{.code = "HT0740",
                           .sentence = fmt::format("environment {} does not say which roles it has: {} is missing",
                                                   environment.name, missing),
                           .hint = fmt::format("write into haetae.toml, for example:\n[env.{}]\nmigration_role = "
                                               "\"migration_user\"\napp_role = \"app_user\"",
                                               environment.name)};
    }
    Roles roles{.migration = *environment.migration_role,
                .app = *environment.app_role,
                .ledger_schema = settings.ledger_schema,
                .domains = settings.domains};
    TRY(check_name(roles.migration));
    TRY(check_name(roles.app));
    if (roles.migration == roles.app) {
        return base::Error{
            .code = "HT0741",
            .sentence = fmt::format("environment {} names the role {} for both: migration_role and app_role",
                                    environment.name, roles.app),
            .hint = "two roles are the point: one that owns the schemas, and one for the application that does not"};
    }
    if (holds(roles.domain_schemas(), roles.ledger_schema)) {
        return base::Error{
            .code = "HT0743",
            .sentence = fmt::format("the ledger shares the schema {} with a domain", roles.ledger_schema),
            .hint =
                "the application writes a domain's tables and only reads the ledger, so give it a ledger_schema of "
                "its own"};
    }
    return roles;
}

std::string text_array(const std::vector<std::string>& words) {
    std::string list;
    for (const auto& word : words) list += (list.empty() ? "" : ", ") + pg::literal(word);
    return "ARRAY[" + list + "]::text[]";
}

std::string version_table_array(const std::vector<settings::Domain>& domains) {
    std::vector<std::string> names;
    for (const auto& domain : domains) names.push_back(pg::quote(domain.version_schema, domain.version_table));
    return text_array(names);
}

std::string_view owned_objects_query() {
    return owned_objects;
}

std::string alter_word(std::string_view type) {
    return fmt::format(
        "CASE WHEN {0} IN ('function', 'procedure', 'aggregate') THEN 'ROUTINE' WHEN {0} = 'statistics object' THEN "
        "'STATISTICS' ELSE pg_catalog.upper(pg_catalog.replace({0}, '-', ' ')) END",
        type);
}

}  // namespace haetae::roles
