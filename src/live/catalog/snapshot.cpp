// SPDX-License-Identifier: Apache-2.0
// One transaction, and the certainty that what was read belongs together: PostgreSQL's printing functions look at the
// present while the rows come from the snapshot, so a change in between could mix two states. At the end, from outside
// the snapshot, the catalogs are therefore asked for rows that are newer than it.
#include "catalog/snapshot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/bug.hpp"
#include "catalog/kinds.hpp"
#include "catalog/scope.hpp"

namespace haetae::catalog {

namespace {

constexpr int attempts_max = 5;
constexpr int oldest_version = 130000;
constexpr int version_behind_newest = 190000;

// Everything that the printed form of a definition depends on; no jit, which costs more than it saves; lock_timeout,
// since printing a view or rule waits for whoever holds its tables exclusively. What was printed stays locked until the
// end, so a wait must end before the server looks for deadlocks and takes the other session for the one to give way.
constexpr std::string_view begin = R"(
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL search_path = '';
SET LOCAL quote_all_identifiers = off;
SET LOCAL DateStyle = 'ISO, MDY';
SET LOCAL IntervalStyle = 'postgres';
SET LOCAL TimeZone = 'UTC';
SET LOCAL extra_float_digits = 1;
SET LOCAL bytea_output = 'hex';
SET LOCAL xmlbinary = 'base64';
SET LOCAL lc_monetary = 'C';
SET LOCAL standard_conforming_strings = on;
SET LOCAL jit = off;
SELECT pg_catalog.set_config('lock_timeout', least({}, (extract(epoch FROM
  pg_catalog.current_setting('deadlock_timeout')::pg_catalog.interval) * 500)::pg_catalog.int4)::pg_catalog.text, true))";

constexpr std::string_view schemas_query = R"(
SELECT pg_catalog.array_agg(n.oid) FILTER (WHERE NOT h.is_hidden), pg_catalog.array_agg(n.oid) FILTER (WHERE h.is_hidden)
FROM pg_catalog.pg_namespace AS n
CROSS JOIN LATERAL (SELECT n.nspname = ANY ($3::pg_catalog.text[]) AS is_hidden) AS h
WHERE h.is_hidden
   OR CASE WHEN $1::pg_catalog.bool THEN n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
           ELSE n.nspname = ANY ($2::pg_catalog.text[]) END)";

constexpr std::string_view left_out_query = R"(
SELECT pg_catalog.array_agg(c.oid) FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN ROWS FROM (pg_catalog.unnest($1::pg_catalog.text[]), pg_catalog.unnest($2::pg_catalog.text[])) AS w (schema_name, table_name)
  ON w.schema_name = n.nspname AND w.table_name = c.relname)";

// Row versions newer than the snapshot. Most rows are out after one comparison of ages; what remains is looked up in
// the snapshot by its full transaction number. Temporary tables of others come and go: only the rows of the schemas
// count.
constexpr std::string_view changes_query = R"(,
since AS (SELECT m AS moment, pg_catalog.pg_snapshot_xmin(m)::pg_catalog.text::pg_catalog.int8 AS first
          FROM scope, CAST(scope.moment AS pg_catalog.pg_snapshot) AS m),
horizon AS (SELECT pg_catalog.age((first % 4294967296)::pg_catalog.text::pg_catalog.xid) AS age FROM since),
recent AS (
  SELECT x.xmin, x.relnamespace AS schema FROM pg_catalog.pg_class AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM horizon)
  UNION ALL SELECT x.xmin, c.relnamespace FROM pg_catalog.pg_attribute AS x
    JOIN pg_catalog.pg_class AS c ON c.oid = x.attrelid WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM horizon)
  UNION ALL SELECT x.xmin, x.connamespace FROM pg_catalog.pg_constraint AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM horizon)
  UNION ALL SELECT x.xmin, x.typnamespace FROM pg_catalog.pg_type AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM horizon)
  UNION ALL SELECT x.xmin, t.typnamespace FROM pg_catalog.pg_enum AS x
    JOIN pg_catalog.pg_type AS t ON t.oid = x.enumtypid WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM horizon)
  UNION ALL SELECT x.xmin, x.pronamespace FROM pg_catalog.pg_proc AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM horizon)
  UNION ALL SELECT x.xmin, c.relnamespace FROM pg_catalog.pg_rewrite AS x
    JOIN pg_catalog.pg_class AS c ON c.oid = x.ev_class WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM horizon)
  UNION ALL SELECT x.xmin, c.relnamespace FROM pg_catalog.pg_trigger AS x
    JOIN pg_catalog.pg_class AS c ON c.oid = x.tgrelid WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM horizon)
  UNION ALL SELECT x.xmin, c.relnamespace FROM pg_catalog.pg_policy AS x
    JOIN pg_catalog.pg_class AS c ON c.oid = x.polrelid WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM horizon)
  UNION ALL SELECT x.xmin, x.oid FROM pg_catalog.pg_namespace AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM horizon))
SELECT count(*) FROM scope, since, recent AS r
WHERE r.schema = ANY (scope.schemas)
  AND NOT pg_catalog.pg_visible_in_snapshot(
        (since.first + (r.xmin::pg_catalog.text::pg_catalog.int8 - since.first % 4294967296 + 4294967296) % 4294967296)
          ::pg_catalog.text::pg_catalog.xid8, since.moment))";

std::string array_of(std::span<const std::string> elements) {
    std::string text = "{";
    for (const auto& element : elements) {
        if (text.size() > 1) text += ',';
        text += '"';
        for (const char c : element) {
            if (c == '"' || c == '\\') text += '\\';
            text += c;
        }
        text += '"';
    }
    return text + "}";
}

std::vector<std::string> texts_of(std::span<const model::SchemaName> names) {
    std::vector<std::string> texts;
    for (const auto& name : names) texts.push_back(name.text());
    return texts;
}

std::string array_or_empty(const std::string& array) {
    return array.empty() ? "{}" : array;
}

base::Status choose(Scope& scope, const Selection& selection) {
    scope.everything = selection.schemas.empty();
    const std::array<connect::Parameter, 3> names{scope.everything ? "t" : "f", array_of(texts_of(selection.schemas)),
                                                  array_of(texts_of(selection.without_schemas))};
    const auto schemas = TRY(scope.connection.query(schemas_query, names));
    scope.schemas = array_or_empty(schemas.text(0, 0));
    scope.hidden = array_or_empty(schemas.text(0, 1));

    std::vector<std::string> table_schemas;
    std::vector<std::string> tables;
    for (const auto& table : selection.without_tables) {
        table_schemas.push_back(table.schema);
        tables.push_back(table.name);
    }
    const std::array<connect::Parameter, 2> left_out{array_of(table_schemas), array_of(tables)};
    scope.left_out = array_or_empty(TRY(scope.connection.query(left_out_query, left_out)).text(0, 0));
    return base::Done{};
}

/// Whether something in the schemas changed after the moment of the snapshot.
base::Result<bool> has_changed(Scope& scope) {
    auto answer = TRY(scope.ask(changes_query));
    answer.next();
    return answer.number() > 0;
}

base::Status read_all(Scope& scope) {
    constexpr std::array kinds{read_comments,   read_schemas,     read_extensions, read_enums,
                               read_domains,    read_composites,  read_ranges,     read_tables,
                               read_views,      read_columns,     read_sequences,  read_constraints,
                               read_indexes,    read_triggers,    read_rules,      read_policies,
                               read_functions,  read_aggregates,  read_statistics, read_default_privileges,
                               read_unmodelled, read_dependencies};
    for (const auto& read_kind : kinds) TRY(read_kind(scope));
    return base::Done{};
}

/// What the server says when it prints an object that another session has dropped or changed: internal errors (XX000,
/// "cache lookup failed", "could not open relation") and names that are gone.
bool is_torn(const base::Error& error) {
    constexpr std::array<std::string_view, 3> states{"XX000", "42P01", "42704"};
    return std::find(states.begin(), states.end(), error.sqlstate) != states.end();
}

base::Error lock_timed_out(const Selection& selection) {
    return {.code = "HT0662",
            .sentence = fmt::format("somebody holds a view or its tables exclusively, for more than {} ms",
                                    selection.lock_timeout.count()),
            .hint = "see pg_locks for who it is, and try again when they are done",
            .sqlstate = "55P03"};
}

/// One attempt; nothing where the catalogs changed meanwhile.
base::Result<std::optional<model::Database>> attempt(connect::Connection& connection, const Selection& selection) {
    Scope scope{.connection = connection};
    scope.database.origin.server_version = connection.server_version();
    TRY(connection.simple(fmt::format(begin, selection.lock_timeout.count())));
    TRY(choose(scope, selection));
    scope.moment = TRY(connection.simple("SELECT pg_catalog.pg_current_snapshot()")).text(0, 0);
    TRY(read_all(scope));
    TRY(connection.simple("COMMIT"));
    if (scope.torn || TRY(has_changed(scope))) return std::optional<model::Database>{};
    return std::optional(std::move(scope.database));
}

}  // namespace

base::Result<model::Database> read(connect::Connection& connection, const Selection& selection) {
    const int version = connection.server_version();
    if (version < oldest_version || version >= version_behind_newest) {
        return base::Error{.code = "HT0661",
                           .sentence = fmt::format("the schema cannot be read on PostgreSQL {}", version / 10000),
                           .hint =
                               "PostgreSQL 13 to 18 are known; an attribute that this version of haetae does not "
                               "know could pass unnoticed"};
    }
    BUG_IF(connection.in_transaction(), "the schema was to be read inside an open transaction");
    const auto deadline = std::chrono::steady_clock::now() + selection.lock_timeout;
    std::string last_words;
    for (int i = 0; i < attempts_max;) {
        auto database = attempt(connection, selection);
        if (!database) {
            if (connection.in_transaction()) (void)connection.simple("ROLLBACK");
            if (database.error().sqlstate == "55P03") {
                if (std::chrono::steady_clock::now() >= deadline) return lock_timed_out(selection);
                continue;
            }
            if (!is_torn(database.error())) return std::move(database).error();
            last_words = "; the server says: " + database.error().sentence;
        } else if (*database) {
            return std::move(**database);
        }
        ++i;
    }
    return base::Error{
        .code = "HT0660",
        .sentence = fmt::format("the schema changed while it was read, {} times in a row{}", attempts_max, last_words),
        .hint = "wait until nobody creates, alters or drops objects there, then try again"};
}

}  // namespace haetae::catalog
