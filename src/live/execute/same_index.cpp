// SPDX-License-Identifier: Apache-2.0
// Texts that name columns are compared, and not their numbers: the copy has no dropped columns.
#include "execute/same_index.hpp"

#include <fmt/format.h>

#include "pg/identifier.hpp"
#include "sql/statement.hpp"

namespace haetae::execute {

namespace {

constexpr std::string_view insufficient_privilege = "42501";

// indnullsnotdistinct came with 15; to_jsonb leaves it out before.
constexpr std::string_view comparison = R"(
SELECT count(DISTINCT ROW(
    i.indisunique, pg_catalog.to_jsonb(i)->>'indnullsnotdistinct', c.relam, i.indnkeyatts, i.indclass::text,
    i.indcollation::text, i.indoption::text, c.reloptions::text, pg_catalog.pg_get_expr(i.indpred, i.indrelid),
    (SELECT pg_catalog.array_agg(pg_catalog.pg_get_indexdef(i.indexrelid, k, false) ORDER BY k)
     FROM pg_catalog.generate_series(1, i.indnatts) AS k),
    (SELECT pg_catalog.array_agg(a.attoptions::text ORDER BY a.attnum)
     FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = i.indexrelid))::text) = 1
FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
WHERE i.indexrelid = pg_catalog.to_regclass({}) OR i.indrelid = pg_catalog.to_regclass({}))";

base::Result<bool> compare(connect::Connection& connection, const revisions::Statement& statement,
                           const std::string& index) {
    const auto& build = *statement.facts.index_build;
    const auto name = pg::quote(build.table);
    const auto table = build.schema.empty() ? name : pg::quote(build.schema, build.table);
    const auto copy = "pg_temp." + name;  // of the same name, by which a predicate may call its columns
    TRY(connection.simple(fmt::format("BEGIN; CREATE TEMPORARY TABLE {} (LIKE {}); {}", name, table,
                                      sql::index_definition_on(statement.sql, copy))));
    const auto rows = TRY(connection.simple(fmt::format(comparison, pg::literal(index), pg::literal(copy))));
    return rows.is_true(0, 0);
}

}  // namespace

base::Result<std::optional<bool>> is_same_index(connect::Connection& connection, const revisions::Statement& statement,
                                                const std::string& index) {
    auto answer = compare(connection, statement, index);
    if (connection.in_transaction()) TRY(connection.simple("ROLLBACK"));
    if (!answer && answer.error().sqlstate == insufficient_privilege) return std::optional<bool>{};
    return std::optional(TRY(std::move(answer)));
}

}  // namespace haetae::execute
