// SPDX-License-Identifier: Apache-2.0
// The row is read as jsonb, so that a table whose columns were dropped still gives an answer. The ledger says when a
// database was last protected or unprotected; a mark that says otherwise was changed by hand.
#include "protect/mark.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "pg/identifier.hpp"

namespace haetae::protect {

namespace {

using policy::Mark;

struct Books {
    std::string schema;
    bool has_mark_table = false;
    bool is_plain_table = false;  ///< and without row level security, which could hide the row
    bool may_read_mark = false;
    bool may_read_ledger = false;
};

// A table `environment` in the configured schema counts also where the books around it are gone.
constexpr std::string_view books_query = R"(
SELECT n.nspname, e.oid IS NOT NULL, coalesce(e.relkind = 'r' AND NOT e.relrowsecurity, false),
       coalesce(pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(e.oid, 'SELECT'), false),
       coalesce(pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(l.oid, 'SELECT'), false),
       CURRENT_USER
FROM pg_catalog.pg_namespace AS n
LEFT JOIN pg_catalog.pg_class AS v ON v.relnamespace = n.oid AND v.relname = 'own_version' AND v.relkind = 'r'
LEFT JOIN pg_catalog.pg_class AS e ON e.relnamespace = n.oid AND e.relname = 'environment'
LEFT JOIN pg_catalog.pg_class AS l ON l.relnamespace = n.oid AND l.relname = 'ledger' AND l.relkind = 'r'
WHERE v.oid IS NOT NULL AND l.oid IS NOT NULL OR n.nspname = {schema} AND e.oid IS NOT NULL
ORDER BY n.nspname <> {schema}, n.nspname)";

constexpr std::string_view row_query = R"(
SELECT count(*) OVER (), r.j ->> 'name', r.j ->> 'is_protected', r.j ->> 'system_identifier', r.j ->> 'database_oid',
       r.j ->> 'database_name', pg_catalog.left(r.j ->> 'at', 10)
FROM (SELECT pg_catalog.to_jsonb(e) AS j FROM {table} AS e LIMIT 2) AS r)";

constexpr std::string_view last_said_query = R"(
SELECT l.kind, l.details ->> 'name' FROM {table} AS l
WHERE l.kind IN ('protected', 'unprotected') ORDER BY l.id DESC LIMIT 1)";

Mark damaged(std::string damage) {
    return {.state = Mark::State::damaged, .damage = std::move(damage)};
}

base::Result<Mark> read_row(connect::Connection& connection, const std::string& schema) {
    const auto table = pg::quote(schema, "environment");
    const auto rows = TRY(connection.simple(fmt::format(fmt::runtime(row_query), fmt::arg("table", table))));
    if (rows.empty()) return Mark{};
    if (rows.size() > 1) return damaged(fmt::format("{} holds more than one row", table));
    const bool is_whole = !rows.text(0, 1).empty() && !rows.is_null(0, 4);
    const auto& is_protected = rows.text(0, 2);
    if (!is_whole || (is_protected != "true" && is_protected != "false")) {
        return damaged(fmt::format("{} lacks a part of what it must say", table));
    }
    const auto here = TRY(read_place(connection));
    const bool other_system =
        !rows.is_null(0, 3) && here.system_identifier && rows.text(0, 3) != *here.system_identifier;
    return Mark{.state = Mark::State::sound,
                .name = rows.text(0, 1),
                .is_protected = is_protected == "true",
                .is_copy = other_system || rows.text(0, 4) != here.database_oid,
                .made_in = fmt::format("in database {} on {}", rows.text(0, 5), rows.text(0, 6))};
}

base::Result<Mark> held_against_ledger(connect::Connection& connection, const std::string& schema, Mark mark) {
    const auto said = TRY(
        connection.simple(fmt::format(fmt::runtime(last_said_query), fmt::arg("table", pg::quote(schema, "ledger")))));
    const bool is_marked = mark.state == Mark::State::sound;
    if (said.empty()) {
        if (!is_marked) return mark;
        return damaged(fmt::format("{}.environment says {}, and the ledger knows nothing of it", schema, mark.name));
    }
    const bool was_protected = said.text(0, 0) == "protected";
    if (is_marked && mark.name == said.text(0, 1) && mark.is_protected == was_protected) return mark;
    return damaged(fmt::format(
        "{}.environment {}, but the ledger last recorded {} {}", schema,
        is_marked ? fmt::format("says {} ({})", mark.name, mark.is_protected ? "protected" : "not protected")
                  : "says nothing",
        said.text(0, 1), was_protected ? "as protected" : "as not protected any more"));
}

base::Result<Mark> mark_of(connect::Connection& connection, const Books& books, const std::string& role) {
    Mark mark;
    if (books.has_mark_table) {
        const auto table = pg::quote(books.schema, "environment");
        if (!books.is_plain_table) return damaged(fmt::format("{} is not a plain table", table));
        if (!books.may_read_mark) return damaged(fmt::format("role {} may not read {}", role, table));
        mark = TRY(read_row(connection, books.schema));
    }
    if (mark.state == Mark::State::damaged || !books.may_read_ledger) return mark;
    return held_against_ledger(connection, books.schema, std::move(mark));
}

}  // namespace

base::Result<Place> read_place(connect::Connection& connection) {
    // EXECUTE is asked for before the function is named in a statement, which would fail already when it is prepared.
    const auto database = TRY(connection.simple(
        "SELECT d.oid, d.datname, pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE') FROM "
        "pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database()"));
    Place place{.database_oid = database.text(0, 0), .database_name = database.text(0, 1)};
    if (database.is_true(0, 2)) {
        const auto system =
            TRY(connection.simple("SELECT s.system_identifier FROM pg_catalog.pg_control_system() AS s"));
        place.system_identifier = system.text(0, 0);
    }
    return place;
}

base::Result<Mark> read_mark(connect::Connection& connection, const std::string& ledger_schema) {
    const auto found =
        TRY(connection.simple(fmt::format(fmt::runtime(books_query), fmt::arg("schema", pg::literal(ledger_schema)))));
    std::vector<Mark> marks;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const Books books{.schema = found.text(i, 0),
                          .has_mark_table = found.is_true(i, 1),
                          .is_plain_table = found.is_true(i, 2),
                          .may_read_mark = found.is_true(i, 3),
                          .may_read_ledger = found.is_true(i, 4)};
        auto mark = TRY(mark_of(connection, books, found.text(i, 5)));
        if (mark.state == Mark::State::damaged) return mark;
        if (mark.state == Mark::State::sound) marks.push_back(std::move(mark));
    }
    if (marks.empty()) return Mark{};
    const bool agree = std::all_of(marks.begin(), marks.end(), [&](const Mark& mark) {
        return mark.name == marks.front().name && mark.is_protected == marks.front().is_protected;
    });
    if (agree) return marks.front();
    return damaged("two schemas with books of haetae say different things of it");
}

std::string write_mark_sql(const std::string& ledger_schema, const std::string& name, bool is_protected,
                           const Place& place) {
    const auto table = pg::quote(ledger_schema, "environment");
    return fmt::format(
        "DELETE FROM {0};\nINSERT INTO {0} (name, is_protected, system_identifier, database_oid, database_name) "
        "VALUES ({1}, {2}, {3}, {4}, {5})",
        table, pg::literal(name), is_protected,
        place.system_identifier ? pg::literal(*place.system_identifier) : "NULL", pg::literal(place.database_oid),
        pg::literal(place.database_name));
}

}  // namespace haetae::protect
