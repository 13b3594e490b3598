// SPDX-License-Identifier: Apache-2.0
// Rows of the ledger, written as literals inside a revision's own message, and read for the verbs that look.
#include "ledger/ledger.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ledger/own_schema.hpp"
#include "pg/identifier.hpp"

namespace haetae::ledger {

namespace {

std::string text_or_null(const std::string& text) {
    return text.empty() ? "NULL" : pg::literal(text);
}

template <typename Number>
std::string number_or_null(const std::optional<Number>& number) {
    return number ? std::to_string(*number) : "NULL";
}

base::Result<bool> ledger_exists(connect::Connection& connection, const std::string& schema) {
    const auto found = TRY(connection.simple(
        fmt::format("SELECT c.oid IS NOT NULL, coalesce(pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND "
                    "pg_catalog.has_table_privilege(c.oid, 'SELECT'), false), CURRENT_USER "
                    "FROM (VALUES (1)) AS one LEFT JOIN pg_catalog.pg_namespace AS n ON n.nspname = {} "
                    "LEFT JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relname = 'ledger'",
                    pg::literal(schema))));
    if (!found.is_true(0, 0)) return false;
    if (!found.is_true(0, 1)) {
        const auto role = pg::quote(found.text(0, 2));
        return base::Error{
            .code = "HT0608",
            .sentence = fmt::format("role {} may not read the ledger in schema {}", found.text(0, 2), schema),
            .hint = fmt::format("GRANT USAGE ON SCHEMA {0} TO {1}; GRANT SELECT ON ALL TABLES IN SCHEMA {0} TO {1};",
                                pg::quote(schema), role)};
    }
    return true;
}

std::string in_list(const std::vector<graph::DomainName>& domains) {
    std::string list;
    for (const auto& domain : domains) list += (list.empty() ? "" : ", ") + pg::literal(domain.text());
    return list;
}

}  // namespace

std::string insert_sql(const std::string& schema, const Entry& entry) {
    return fmt::format(
        "INSERT INTO {} (kind, run, domain, revision, direction, outcome, up_checksum, down_checksum, duration_ms, "
        "statement, sqlstate, error, reason, details) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})",
        pg::quote(schema, "ledger"), pg::literal(entry.kind), number_or_null(entry.run), text_or_null(entry.domain),
        text_or_null(entry.revision), text_or_null(entry.direction), text_or_null(entry.outcome),
        text_or_null(entry.up_checksum), text_or_null(entry.down_checksum),
        entry.began_sql.empty()
            ? "NULL"
            : fmt::format("(extract(epoch FROM pg_catalog.clock_timestamp() - {}) * 1000)::bigint", entry.began_sql),
        number_or_null(entry.statement), text_or_null(entry.sqlstate), text_or_null(entry.error),
        text_or_null(entry.reason), entry.details.empty() ? "NULL" : pg::literal(entry.details) + "::jsonb");
}

base::Result<RunId> begin_run(connect::Connection& connection, const std::string& schema, const Runner& runner) {
    nlohmann::ordered_json details{
        {"verb", runner.verb}, {"os_user", runner.os_user}, {"host", runner.host}, {"haetae", runner.tool_version}};
    if (!runner.ci_run.empty()) details["ci_run"] = runner.ci_run;
    if (!runner.ci_actor.empty()) details["ci_actor"] = runner.ci_actor;
    if (!runner.ci_commit.empty()) details["ci_commit"] = runner.ci_commit;
    if (!runner.pooling.empty()) details["pooling"] = runner.pooling;
    const auto text = details.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    const auto row = TRY(connection.simple(
        insert_sql(schema, {.kind = "run", .reason = runner.reason, .details = text}) + " RETURNING id"));
    return std::stoll(row.text(0, 0));
}

base::Result<std::vector<Row>> read_ledger(connect::Connection& connection, const std::string& schema,
                                           const Filter& filter) {
    std::vector<Row> rows;
    if (!TRY(ledger_exists(connection, schema))) return rows;
    std::string condition = "true";
    if (filter.kind) condition += fmt::format(" AND l.kind = {}", pg::literal(*filter.kind));
    if (!filter.domains.empty()) {
        condition += fmt::format(" AND (l.domain IS NULL OR l.domain IN ({}))", in_list(filter.domains));
    }
    const auto limit = filter.rows_max == 0 ? std::string() : fmt::format(" LIMIT {}", filter.rows_max);
    const auto found = TRY(connection.simple(fmt::format(
        "SELECT * FROM (SELECT l.id, pg_catalog.to_char(l.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') || '+00', "
        "l.kind, l.run, l.domain, l.revision, l.direction, l.outcome, l.up_checksum, l.down_checksum, l.statement, "
        "l.sqlstate, l.error, l.reason, l.details, l.duration_ms, l.role, l.session_role FROM {} AS l WHERE {} "
        "ORDER BY l.id DESC{}) AS newest ORDER BY 1",
        pg::quote(schema, "ledger"), condition, limit)));
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto& text = [&found, i](std::size_t column) { return found.text(i, column); };
        rows.push_back(
            {.id = std::stoll(text(0)),
             .at = text(1),
             .entry = {.kind = text(2),
                       .run = found.is_null(i, 3) ? std::nullopt : std::optional<RunId>(std::stoll(text(3))),
                       .domain = text(4),
                       .revision = text(5),
                       .direction = text(6),
                       .outcome = text(7),
                       .up_checksum = text(8),
                       .down_checksum = text(9),
                       .statement = found.is_null(i, 10) ? std::nullopt : std::optional<int>(std::stoi(text(10))),
                       .sqlstate = text(11),
                       .error = text(12),
                       .reason = text(13),
                       .details = text(14)},
             .duration_ms = text(15),
             .role = text(16),
             .session_role = text(17)});
    }
    return rows;
}

base::Result<RecordedRevisions> recorded_revisions(connect::Connection& connection, const std::string& schema) {
    RecordedRevisions recorded;
    if (!TRY(ledger_exists(connection, schema))) return recorded;
    // `adopted` and `stamped` rows list what is deemed applied as {"revisions": {id: [up, down]}}.
    const auto found = TRY(connection.simple(
        fmt::format("SELECT DISTINCT ON (r.domain, r.revision) r.domain, r.revision, r.direction, r.up_checksum, "
                    "r.down_checksum FROM ("
                    "SELECT l.id, l.domain, l.revision, l.direction, l.up_checksum, l.down_checksum FROM {0} AS l "
                    "WHERE l.outcome = 'done' AND l.revision IS NOT NULL "
                    "UNION ALL SELECT l.id, l.domain, e.key, 'up', e.value ->> 0, e.value ->> 1 FROM {0} AS l "
                    "CROSS JOIN LATERAL pg_catalog.jsonb_each(l.details -> 'revisions') AS e "
                    "WHERE l.kind IN ('adopted', 'stamped')) AS r ORDER BY r.domain, r.revision, r.id DESC",
                    pg::quote(schema, "ledger"))));
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (found.text(i, 2) != "up") continue;
        recorded.emplace(std::pair(graph::DomainName(found.text(i, 0)), graph::RevisionId(found.text(i, 1))),
                         Recorded{.up_checksum = found.text(i, 3), .down_checksum = found.text(i, 4)});
    }
    return recorded;
}

base::Result<std::vector<std::int64_t>> broken_rows(connect::Connection& connection, const std::string& schema) {
    std::vector<std::int64_t> broken;
    if (!TRY(ledger_exists(connection, schema))) return broken;
    const auto found = TRY(connection.simple(fmt::format(
        "SELECT c.id FROM (SELECT l.id, l.hash, l.previous, lag(l.hash, 1, '') OVER (ORDER BY l.id) AS before, "
        "pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to({}, 'UTF8')), 'hex') AS expected FROM {} AS l) AS c "
        "WHERE c.hash IS DISTINCT FROM c.expected OR c.previous IS DISTINCT FROM c.before ORDER BY c.id",
        ledger_hash_expression("l"), pg::quote(schema, "ledger"))));
    for (std::size_t i = 0; i < found.size(); ++i) broken.push_back(std::stoll(found.text(i, 0)));
    return broken;
}

base::Result<bool> run_finished(connect::Connection& connection, const std::string& schema, RunId run,
                                const graph::DomainName& domain, const graph::RevisionId& revision,
                                std::string_view direction) {
    const auto found = TRY(connection.simple(fmt::format(
        "SELECT EXISTS (SELECT FROM {} WHERE run = {} AND domain = {} AND revision = {} AND direction = {} AND "
        "outcome = 'done')",
        pg::quote(schema, "ledger"), run, pg::literal(domain.text()), pg::literal(revision.text()),
        pg::literal(direction))));
    return found.is_true(0, 0);
}

}  // namespace haetae::ledger
