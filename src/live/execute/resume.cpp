// SPDX-License-Identifier: Apache-2.0
// A CREATE INDEX CONCURRENTLY that was broken off leaves an index with indisvalid = false (manual, CREATE INDEX,
// "Building Indexes Concurrently"); IF NOT EXISTS would then skip it for ever.
#include "execute/resume.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pg/identifier.hpp"

namespace haetae::execute {

namespace {

enum class IndexState { absent, valid, invalid, being_built };

struct FoundIndex {
    IndexState state = IndexState::absent;
    std::string quoted_name;
};

std::string regclass_of(const std::string& schema, const std::string& name) {
    const auto quoted = schema.empty() ? pg::quote(name) : pg::quote(schema, name);
    return fmt::format("pg_catalog.to_regclass({})", pg::literal(quoted));
}

// pid and datid of pg_stat_progress_create_index are shown to every role, index_relid to those who may see that
// session, and 0 before the index exists; pg_locks tells on which table it works.
base::Result<FoundIndex> find_index(connect::Connection& connection, const sql::IndexBuild& build) {
    FoundIndex found;
    if (build.name.empty()) return found;
    const auto where = build.action == sql::IndexBuild::Action::create
                           ? fmt::format(
                                 "c.relname = {} AND c.relnamespace = (SELECT t.relnamespace FROM pg_catalog.pg_class "
                                 "AS t WHERE t.oid = {})",
                                 pg::literal(build.name), regclass_of(build.schema, build.table))
                           : fmt::format("c.oid = {}", regclass_of(build.schema, build.name));
    const auto rows = TRY(connection.simple(fmt::format(
        "SELECT n.nspname, c.relname, i.indisvalid, EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index AS p "
        "JOIN pg_catalog.pg_locks AS l ON l.pid = p.pid WHERE l.relation = i.indrelid AND p.pid <> "
        "pg_catalog.pg_backend_pid() AND coalesce(nullif(p.index_relid, 0) = i.indexrelid, true)) FROM "
        "pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid "
        "JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE {}",
        where)));
    if (rows.empty()) return found;
    found.quoted_name = pg::quote(rows.text(0, 0), rows.text(0, 1));
    found.state = rows.is_true(0, 2)   ? IndexState::valid
                  : rows.is_true(0, 3) ? IndexState::being_built
                                       : IndexState::invalid;
    return found;
}

base::Result<Effect> effect_of_index_statement(connect::Connection& connection, const sql::IndexBuild& build) {
    const auto found = TRY(find_index(connection, build));
    switch (build.action) {
        case sql::IndexBuild::Action::create:
            if (found.state == IndexState::valid) return Effect::finished;
            if (found.state == IndexState::being_built) return Effect::unknown;
            TRY(drop_invalid(connection, build));
            return Effect::again;
        case sql::IndexBuild::Action::drop:
            return found.state == IndexState::absent ? Effect::finished : Effect::again;
        case sql::IndexBuild::Action::reindex_index:
        case sql::IndexBuild::Action::reindex_table:
        case sql::IndexBuild::Action::reindex_wider:
            return Effect::again;
    }
    BUG("an index statement of no kind");
}

}  // namespace

base::Result<std::optional<std::string>> drop_invalid(connect::Connection& connection, const sql::IndexBuild& build) {
    const auto found = TRY(find_index(connection, build));
    if (found.state != IndexState::invalid) return std::optional<std::string>{};
    TRY(connection.simple("DROP INDEX CONCURRENTLY IF EXISTS " + found.quoted_name));
    return std::optional(found.quoted_name);
}

base::Result<Effect> effect_of(connect::Connection& connection, const revisions::Statement& statement) {
    if (statement.facts.index_build) return effect_of_index_statement(connection, *statement.facts.index_build);
    // Doing these twice is doing them once.
    constexpr std::array repeatable{"VACUUM", "REINDEX", "CLUSTER", "ALTER SYSTEM", "DISCARD ALL", "ANALYZE"};
    const bool is_repeatable = std::any_of(repeatable.begin(), repeatable.end(),
                                           [&](const char* kind) { return statement.facts.kind.starts_with(kind); });
    return is_repeatable ? Effect::again : Effect::unknown;
}

}  // namespace haetae::execute
