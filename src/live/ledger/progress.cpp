// SPDX-License-Identifier: Apache-2.0
// Rows of the progress table.
#include "ledger/progress.hpp"

#include <fmt/format.h>

#include "pg/identifier.hpp"

namespace haetae::ledger {

namespace {

std::string upsert(const std::string& schema, const ProgressKey& key, std::size_t statement, const std::string& hash,
                   std::string_view state) {
    return fmt::format(
        "INSERT INTO {} AS p (domain, revision, direction, statement, statement_hash, state, run) VALUES "
        "({}, {}, {}, {}, {}, '{}', {}) ON CONFLICT (domain, revision, direction, statement) DO UPDATE SET "
        "statement_hash = EXCLUDED.statement_hash, state = EXCLUDED.state, run = EXCLUDED.run",
        pg::quote(schema, "progress"), pg::literal(key.domain.text()), pg::literal(key.revision.text()),
        pg::literal(key.direction), statement, pg::literal(hash), state, key.run);
}

std::string of_step(const ProgressKey& key) {
    return fmt::format("domain = {} AND revision = {} AND direction = {}", pg::literal(key.domain.text()),
                       pg::literal(key.revision.text()), pg::literal(key.direction));
}

}  // namespace

base::Result<std::vector<Progress>> read_progress(connect::Connection& connection, const std::string& schema) {
    std::vector<Progress> all;
    const auto table = pg::quote(schema, "progress");
    const auto readable = TRY(connection.simple(
        fmt::format("SELECT coalesce(pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND "
                    "pg_catalog.has_table_privilege(c.oid, 'SELECT'), false) FROM (VALUES (1)) AS one "
                    "LEFT JOIN pg_catalog.pg_namespace AS n ON n.nspname = {} "
                    "LEFT JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relname = 'progress'",
                    pg::literal(schema))));
    if (!readable.is_true(0, 0)) return all;
    const auto found = TRY(connection.simple(fmt::format(
        "SELECT domain, revision, direction, statement, statement_hash, state FROM {} ORDER BY 1, 2, 3, 4", table)));
    for (std::size_t i = 0; i < found.size(); ++i) {
        const graph::DomainName domain(found.text(i, 0));
        const graph::RevisionId revision(found.text(i, 1));
        const auto& direction = found.text(i, 2);
        if (all.empty() || all.back().domain != domain || all.back().revision != revision ||
            all.back().direction != direction) {
            all.push_back({.domain = domain, .revision = revision, .direction = direction});
        }
        all.back().rows.push_back(
            {.statement = std::stoul(found.text(i, 3)),
             .hash = found.text(i, 4),
             .state = found.text(i, 5) == "done" ? ProgressRow::State::done : ProgressRow::State::intended});
    }
    return all;
}

base::Result<bool> is_finished(connect::Connection& connection, const std::string& schema, const ProgressKey& key,
                               std::size_t statement) {
    const auto found = TRY(connection.simple(
        fmt::format("SELECT EXISTS (SELECT FROM {} WHERE {} AND statement = {} AND state = 'done' AND run = {})",
                    pg::quote(schema, "progress"), of_step(key), statement, key.run)));
    return found.is_true(0, 0);
}

std::string intend_sql(const std::string& schema, const ProgressKey& key, std::size_t statement,
                       const std::string& hash) {
    return upsert(schema, key, statement, hash, "intended");
}

std::string finish_sql(const std::string& schema, const ProgressKey& key, std::size_t statement,
                       const std::string& hash) {
    return upsert(schema, key, statement, hash, "done");
}

std::string began_sql(const std::string& schema, const ProgressKey& key) {
    return fmt::format("(SELECT min(at) FROM {} WHERE {})", pg::quote(schema, "progress"), of_step(key));
}

std::string forget_sql(const std::string& schema, const ProgressKey& key, std::size_t from) {
    return fmt::format("DELETE FROM {} WHERE {} AND statement >= {}", pg::quote(schema, "progress"), of_step(key),
                       from);
}

}  // namespace haetae::ledger
