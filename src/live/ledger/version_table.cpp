// SPDX-License-Identifier: Apache-2.0
// One query asks the catalog for every table and right, a second one reads the rows of those that exist.
#include "ledger/version_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "pg/identifier.hpp"

namespace haetae::ledger {

namespace {

std::string quoted_table(const settings::Domain& domain) {
    return pg::quote(domain.version_schema, domain.version_table);
}

// atttypmod of varchar(n) is n + 4, of varchar and text -1 (pg_attribute).
constexpr std::string_view facts_query = R"(
SELECT w.number, n.oid IS NOT NULL, c.oid IS NOT NULL,
       CASE WHEN n.oid IS NULL THEN pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')
            ELSE pg_catalog.has_schema_privilege(n.oid, 'CREATE') END,
       coalesce(pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT'), false),
       coalesce(pg_catalog.has_table_privilege(c.oid, 'INSERT') AND pg_catalog.has_table_privilege(c.oid, 'UPDATE')
                AND pg_catalog.has_table_privilege(c.oid, 'DELETE'), false),
       coalesce(a.atttypmod, -1), coalesce(t.typcategory = 'S' AND c.relkind IN ('r', 'p'), false), CURRENT_USER
FROM (VALUES {values}) AS w (number, schema_name, table_name)
LEFT JOIN pg_catalog.pg_namespace AS n ON n.nspname = w.schema_name
LEFT JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relname = w.table_name
LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'version_num' AND NOT a.attisdropped
LEFT JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
ORDER BY w.number)";

// Who looks waits for a table that another holds, too: ten seconds, where the role or database says nothing else.
constexpr std::string_view lock_not_available = "55P03";
constexpr std::string_view patience =
    "SELECT pg_catalog.set_config('lock_timeout', '10s', false) WHERE pg_catalog.current_setting('lock_timeout') = "
    "'0';\n";

base::Error unreadable(const settings::Domain& domain, const std::string& role) {
    return {
        .code = "HT0605",
        .sentence = fmt::format("role {} may not read the version table {} of domain {}", role, quoted_table(domain),
                                domain.name.text()),
        .hint = fmt::format("GRANT USAGE ON SCHEMA {} TO {}; GRANT SELECT ON {} TO {};",
                            pg::quote(domain.version_schema), pg::quote(role), quoted_table(domain), pg::quote(role))};
}

base::Error locked(const base::Error& error) {
    return {.code = "HT0636",
            .sentence = "another session has locked a version table, and did not release it in time",
            .hint = "SELECT * FROM pg_locks WHERE mode = 'AccessExclusiveLock' names it; wait for it, and run again",
            .sqlstate = error.sqlstate};
}

}  // namespace

base::Result<VersionTables> read_version_tables(connect::Connection& connection,
                                                std::span<const settings::Domain> domains) {
    VersionTables tables;
    if (domains.empty()) return tables;
    std::string values;
    for (std::size_t i = 0; i < domains.size(); ++i) {
        values += fmt::format("{}({}, {}::name, {}::name)", i == 0 ? "" : ", ", i,
                              pg::literal(domains[i].version_schema), pg::literal(domains[i].version_table));
    }
    const auto facts = TRY(connection.simple(fmt::format(fmt::runtime(facts_query), fmt::arg("values", values))));

    std::string rows_query;
    for (std::size_t row = 0; row < facts.size(); ++row) {
        const auto& domain = domains[row];
        VersionTable table{.schema_exists = facts.is_true(row, 1),
                           .table_exists = facts.is_true(row, 2),
                           .may_create = facts.is_true(row, 3),
                           .may_write = facts.is_true(row, 5)};
        if (table.table_exists) {
            if (!facts.is_true(row, 7)) {
                return base::Error{
                    .code = "HT0607",
                    .sentence = fmt::format("{} exists but is not a table with a text column version_num",
                                            quoted_table(domain)),
                    .hint = "give the domain another version_table or version_schema in haetae.toml"};
            }
            if (!facts.is_true(row, 4)) return unreadable(domain, facts.text(row, 8));
            const int modifier = std::stoi(facts.text(row, 6));
            table.id_length_max =
                modifier < 5 ? std::numeric_limits<std::size_t>::max() : static_cast<std::size_t>(modifier - 4);
            rows_query += fmt::format("{}SELECT {}, version_num::text FROM {}", rows_query.empty() ? "" : " UNION ALL ",
                                      row, quoted_table(domain));
        }
        tables.emplace(domain.name, std::move(table));
    }
    if (rows_query.empty()) return tables;
    const auto answer = connection.simple(std::string(patience) + rows_query);
    if (!answer && answer.error().sqlstate == lock_not_available) return locked(answer.error());
    const auto& rows = TRY(answer);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto& domain = domains[std::stoul(rows.text(row, 0))];
        tables[domain.name].rows.emplace_back(rows.text(row, 1));
    }
    for (auto& [name, table] : tables) std::sort(table.rows.begin(), table.rows.end());
    return tables;
}

}  // namespace haetae::ledger
