// SPDX-License-Identifier: Apache-2.0
// A CREATE INDEX CONCURRENTLY that was broken off leaves an index with indisvalid = false (manual, CREATE INDEX,
// "Building Indexes Concurrently"); IF NOT EXISTS would then skip it for ever.
#include "execute/resume.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "execute/same_index.hpp"
#include "pg/identifier.hpp"

namespace haetae::execute {

namespace {

using Action = sql::IndexBuild::Action;

struct FoundIndex {
    std::string quoted_name;
    bool is_valid = false;
    int builder_pid = 0;  ///< of another session that is building it, else 0
};

std::string regclass_of(const std::string& schema, const std::string& name) {
    const auto quoted = schema.empty() ? pg::quote(name) : pg::quote(schema, name);
    return fmt::format("pg_catalog.to_regclass({})", pg::literal(quoted));
}

/// The indexes that a statement makes, drops or rebuilds, or leaves behind when it breaks; as a condition on pg_class c
/// and pg_index i. Empty where they cannot be told from others of the schema or database.
std::string indexes_of(const sql::IndexBuild& build) {
    // pg_partition_tree has no rows for what is neither partitioned nor a partition.
    constexpr std::string_view transient =
        "c.relname ~ '_cc(new|old)[0-9]*$' AND NOT i.indisvalid AND i.indrelid IN "
        "(WITH named AS (SELECT {} AS oid UNION SELECT relid FROM pg_catalog.pg_partition_tree({})) {})";
    switch (build.action) {
        case Action::create:
            return fmt::format(
                "c.relname = {} AND c.relnamespace = (SELECT t.relnamespace FROM pg_catalog.pg_class AS t WHERE "
                "t.oid = {})",
                pg::literal(build.name), regclass_of(build.schema, build.table));
        case Action::drop:
            return fmt::format("c.oid = {}", regclass_of(build.schema, build.name));
        case Action::reindex_index: {
            const auto index = regclass_of(build.schema, build.name);
            return fmt::format(
                transient, index, index,
                "SELECT x.indrelid FROM named JOIN pg_catalog.pg_index AS x ON x.indexrelid = named.oid");
        }
        case Action::reindex_table: {
            const auto table = regclass_of(build.schema, build.table);
            return fmt::format(transient, table, table,
                               "SELECT oid FROM named UNION SELECT t.reltoastrelid FROM named JOIN "
                               "pg_catalog.pg_class AS t ON t.oid = named.oid");
        }
        case Action::reindex_wider:
            return {};
    }
    BUG("an index statement of no kind");
}

// pid and datid of pg_stat_progress_create_index are shown to every role, index_relid to those who may see that
// session, and 0 before the index exists; pg_locks tells on which table it works.
base::Result<std::vector<FoundIndex>> find_indexes(connect::Connection& connection, const sql::IndexBuild& build) {
    const auto condition = indexes_of(build);
    if (condition.empty()) return std::vector<FoundIndex>{};
    const auto rows = TRY(connection.simple(fmt::format(
        "SELECT n.nspname, c.relname, i.indisvalid, (SELECT p.pid FROM pg_catalog.pg_stat_progress_create_index AS p "
        "JOIN pg_catalog.pg_locks AS l ON l.pid = p.pid WHERE l.relation = i.indrelid AND p.pid <> "
        "pg_catalog.pg_backend_pid() AND coalesce(nullif(p.index_relid, 0) = i.indexrelid, true) LIMIT 1) FROM "
        "pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid "
        "JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE {} ORDER BY 1, 2",
        condition)));
    std::vector<FoundIndex> found;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        found.push_back({.quoted_name = pg::quote(rows.text(i, 0), rows.text(i, 1)),
                         .is_valid = rows.is_true(i, 2),
                         .builder_pid = rows.is_null(i, 3) ? 0 : std::stoi(rows.text(i, 3))});
    }
    return found;
}

base::Result<std::optional<std::string>> drop_invalid(connect::Connection& connection, const sql::IndexBuild& build) {
    std::string dropped;
    if (build.action == Action::drop || (build.action == Action::create && build.name.empty()))
        return std::optional<std::string>{};
    for (const auto& index : TRY(find_indexes(connection, build))) {
        if (index.is_valid || index.builder_pid != 0) continue;
        TRY(connection.simple("DROP INDEX CONCURRENTLY IF EXISTS " + index.quoted_name));
        dropped += (dropped.empty() ? "" : ", ") + index.quoted_name;
    }
    if (dropped.empty()) return std::optional<std::string>{};
    return std::optional(fmt::format("dropped the invalid index {} that a broken build had left", dropped));
}

base::Result<Effect> effect_of_create_index(connect::Connection& connection, const revisions::Statement& statement) {
    const auto found = TRY(find_indexes(connection, *statement.facts.index_build));
    if (found.empty()) return Effect::again;
    const auto& index = found.front();
    if (!index.is_valid && index.builder_pid == 0) return Effect::again;
    if (!index.is_valid) {
        return base::Error{
            .code = "HT0633",
            .sentence = fmt::format("server process {} is building the index {}", index.builder_pid, index.quoted_name),
            .hint = "wait until it has ended (pg_stat_progress_create_index shows how far it is), and run again"};
    }
    const auto is_same = TRY(is_same_index(connection, statement, index.quoted_name));
    if (!is_same) return Effect::unknown;
    if (*is_same) return Effect::finished;
    return base::Error{
        .code = "HT0632",
        .sentence = fmt::format("there is an index {} with another definition than the statement's", index.quoted_name),
        .hint = "drop or rename that index, or give the statement's another name, and run again"};
}

/// Is `detach` under way (true), not begun (false), or done (absent)?
base::Result<std::optional<bool>> is_pending(connect::Connection& connection, const sql::PartitionDetach& detach) {
    const auto rows = TRY(connection.simple(
        fmt::format("SELECT inhdetachpending FROM pg_catalog.pg_inherits WHERE inhparent = {} AND inhrelid = {}",
                    regclass_of(detach.schema, detach.table), regclass_of(detach.partition_schema, detach.partition))));
    return rows.empty() ? std::nullopt : std::optional(rows.is_true(0, 0));
}

base::Result<std::optional<std::string>> finalize(connect::Connection& connection, const sql::PartitionDetach& detach) {
    const auto quoted = [](const std::string& schema, const std::string& name) {
        return schema.empty() ? pg::quote(name) : pg::quote(schema, name);
    };
    if (!TRY(is_pending(connection, detach)).value_or(false)) return std::optional<std::string>{};
    const auto partition = quoted(detach.partition_schema, detach.partition);
    TRY(connection.simple(
        fmt::format("ALTER TABLE {} DETACH PARTITION {} FINALIZE", quoted(detach.schema, detach.table), partition)));
    return std::optional(fmt::format("finished detaching the partition {}, which had been broken off", partition));
}

}  // namespace

base::Result<std::optional<std::string>> clear_left_behind(connect::Connection& connection,
                                                           const revisions::Statement& statement) {
    if (statement.facts.index_build) return drop_invalid(connection, *statement.facts.index_build);
    if (statement.facts.detach) return finalize(connection, *statement.facts.detach);
    return std::optional<std::string>{};
}

base::Result<Effect> effect_of(connect::Connection& connection, const revisions::Statement& statement) {
    const auto& facts = statement.facts;
    if (facts.index_build && facts.index_build->action == Action::create) {
        return effect_of_create_index(connection, statement);
    }
    if (facts.index_build && facts.index_build->action == Action::drop) {
        const auto left = TRY(find_indexes(connection, *facts.index_build));
        return left.empty() ? Effect::finished : Effect::again;
    }
    if (facts.detach) return TRY(is_pending(connection, *facts.detach)) ? Effect::again : Effect::finished;
    // Doing these twice is doing them once.
    constexpr std::array repeatable{"VACUUM", "REINDEX", "CLUSTER", "ALTER SYSTEM", "DISCARD ALL", "ANALYZE"};
    const bool is_repeatable = std::any_of(repeatable.begin(), repeatable.end(),
                                           [&](const char* kind) { return facts.kind.starts_with(kind); });
    return is_repeatable ? Effect::again : Effect::unknown;
}

}  // namespace haetae::execute
