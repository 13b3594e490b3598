// SPDX-License-Identifier: Apache-2.0
// Tables themselves; what hangs on them has files of its own.
#include <algorithm>

#include "catalog/kinds.hpp"

namespace haetae::catalog {

namespace {

constexpr std::string_view query = R"(
SELECT c.oid, c.reltype, n.nspname, c.relname, c.relpersistence = 'u', am.amname, ts.spcname, c.reloptions,
       ARRAY(SELECT 'toast.' || o FROM pg_catalog.unnest(toast.reloptions) AS o), ofn.nspname, oft.typname,
       c.relkind = 'p', CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END,
       c.relispartition, pn.nspname, p.relname, pg_catalog.pg_get_expr(c.relpartbound, c.oid), {detach_pending},
       c.relreplident, c.relrowsecurity, c.relforcerowsecurity,
       pg_catalog.pg_get_userbyid(c.relowner), c.relacl, pg_catalog.acldefault('r', c.relowner)
FROM scope, pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_am AS am ON am.oid = c.relam
LEFT JOIN pg_catalog.pg_tablespace AS ts ON ts.oid = c.reltablespace
LEFT JOIN pg_catalog.pg_class AS toast ON toast.oid = c.reltoastrelid
LEFT JOIN pg_catalog.pg_type AS oft ON oft.oid = c.reloftype
LEFT JOIN pg_catalog.pg_namespace AS ofn ON ofn.oid = oft.typnamespace
LEFT JOIN pg_catalog.pg_inherits AS i ON c.relispartition AND i.inhrelid = c.oid
LEFT JOIN pg_catalog.pg_class AS p ON p.oid = i.inhparent
LEFT JOIN pg_catalog.pg_namespace AS pn ON pn.oid = p.relnamespace
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = ANY (scope.schemas) AND c.oid <> ALL (scope.left_out)
  AND c.oid NOT IN ({members})
ORDER BY n.nspname, c.relname)";

constexpr Part detach_pending{
    .name = "detach_pending", .since = 140000, .text = "i.inhdetachpending", .before = "false"};

constexpr std::string_view parents_query = R"(
SELECT i.inhrelid, n.nspname, p.relname
FROM scope, pg_catalog.pg_inherits AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.inhrelid
JOIN pg_catalog.pg_class AS p ON p.oid = i.inhparent JOIN pg_catalog.pg_namespace AS n ON n.oid = p.relnamespace
WHERE c.relkind = 'r' AND NOT c.relispartition AND c.relnamespace = ANY (scope.schemas)
ORDER BY i.inhrelid, i.inhseqno)";

model::ReplicaIdentity replica_identity(const std::string& letter) {
    if (letter == "n") return model::ReplicaIdentity::nothing;
    if (letter == "f") return model::ReplicaIdentity::full;
    if (letter == "i") return model::ReplicaIdentity::index;
    return model::ReplicaIdentity::primary_key;
}

model::Table take_table(Answer& answer) {
    model::Table table{.name = answer.name()};
    table.unlogged = answer.flag();
    table.access_method = answer.text();
    table.tablespace = answer.text();
    table.options = answer.options();
    const auto toast = answer.options();
    table.options.insert(table.options.end(), toast.begin(), toast.end());
    std::sort(table.options.begin(), table.options.end());
    table.of_type = answer.name();
    const bool is_partitioned = answer.flag();
    table.partition_key = is_partitioned ? answer.definition() : answer.printed();
    const bool is_partition = answer.flag();
    table.partition_of = answer.name();
    table.partition_bound = is_partition ? answer.definition() : answer.printed();
    table.detach_pending = answer.flag();
    table.replica_identity = replica_identity(answer.text());
    table.row_security = answer.flag();
    table.force_row_security = answer.flag();
    return table;
}

}  // namespace

base::Status read_tables(Scope& scope) {
    auto answer = TRY(scope.ask(query, Class::relation, {detach_pending}));
    std::vector<Oid> oids;
    while (answer.next()) {
        const Address address{.oid = answer.oid()};
        const Address row_type{.of = Class::type, .oid = answer.oid()};
        auto table = take_table(answer);
        scope.belongings(table, answer, address);
        const model::ObjectName name{model::ObjectKind::table, table.name.schema, table.name.name};
        scope.names.emplace(address, name);
        scope.names.emplace(row_type, name);
        scope.database.tables.push_back(std::move(table));
        oids.push_back(address.oid);
    }
    for (std::size_t i = 0; i < oids.size(); ++i) scope.tables.emplace(oids[i], &scope.database.tables[i]);

    auto parents = TRY(scope.ask(parents_query));
    while (parents.next()) {
        const auto child = scope.tables.find(parents.oid());
        if (child != scope.tables.end()) child->second->inherits.push_back(parents.name());
    }
    return base::Done{};
}

}  // namespace haetae::catalog
