// SPDX-License-Identifier: Apache-2.0
// Indexes, with what pg_get_indexdef prints cut into its clauses.
#include <algorithm>

#include "catalog/kinds.hpp"
#include "model/quoted.hpp"

namespace haetae::catalog {

namespace {

constexpr std::string_view query = R"(
SELECT i.indexrelid, i.indrelid, k.oid, c.relname, i.indisunique, pg_catalog.pg_get_indexdef(i.indexrelid),
       c.reloptions, ts.spcname, i.indpred IS NOT NULL, pg_catalog.pg_get_expr(i.indpred, i.indrelid),
       pn.nspname, p.relname, i.indisvalid AND i.indisready AND i.indislive, i.indisreplident, i.indisclustered
FROM scope, pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
LEFT JOIN pg_catalog.pg_tablespace AS ts ON ts.oid = c.reltablespace
LEFT JOIN pg_catalog.pg_constraint AS k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
LEFT JOIN pg_catalog.pg_inherits AS h ON h.inhrelid = i.indexrelid
LEFT JOIN pg_catalog.pg_class AS p ON p.oid = h.inhparent
LEFT JOIN pg_catalog.pg_namespace AS pn ON pn.oid = p.relnamespace
WHERE c.relnamespace = ANY (scope.schemas) AND c.relkind IN ('i', 'I')
ORDER BY c.relname)";

constexpr std::string_view statistics_query = R"(
SELECT a.attrelid, a.attnum, a.attstattarget
FROM scope, pg_catalog.pg_class AS c JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
WHERE c.relkind IN ('i', 'I') AND c.relnamespace = ANY (scope.schemas) AND a.attstattarget >= 0
ORDER BY a.attrelid, a.attnum)";

using StatisticsOf = std::unordered_map<Oid, std::vector<model::IndexColumnStatistics>>;

base::Result<StatisticsOf> read_column_statistics(Scope& scope) {
    auto answer = TRY(scope.ask(statistics_query));
    StatisticsOf statistics;
    while (answer.next()) {
        auto& list = statistics[answer.oid()];
        const auto column = static_cast<int>(answer.number());
        list.push_back({.column = column, .target = static_cast<int>(answer.number())});
    }
    return statistics;
}

/// From USING on, without the clauses that other fields hold: WITH, TABLESPACE, WHERE, in this order, at the end.
std::string access_part(const std::string& printed) {
    const auto begin = model::find_outside_quotes(printed, " USING ");
    if (begin == std::string::npos) return printed;
    auto end = printed.size();
    for (const auto* clause : {" WITH (", " TABLESPACE ", " WHERE "}) {
        end = std::min(end, model::find_outside_brackets(printed, clause, begin));
    }
    return printed.substr(begin + 1, end - begin - 1);
}

std::vector<model::Index>* indexes_of(const Scope& scope, Oid relation) {
    const auto table = scope.tables.find(relation);
    if (table != scope.tables.end()) return &table->second->indexes;
    const auto view = scope.materialized_views.find(relation);
    return view == scope.materialized_views.end() ? nullptr : &view->second->indexes;
}

}  // namespace

base::Status read_indexes(Scope& scope) {
    auto statistics = TRY(read_column_statistics(scope));
    auto answer = TRY(scope.ask(query));
    while (answer.next()) {
        const Address address{.oid = answer.oid()};
        const auto relation = answer.oid();
        auto* const indexes = indexes_of(scope, relation);
        if (indexes == nullptr) continue;
        const auto constraint = answer.oid();
        model::Index index{.name = answer.text()};
        index.unique = answer.flag();
        index.definition = access_part(answer.definition());
        index.options = answer.options();
        index.tablespace = answer.text();
        const bool is_partial = answer.flag();
        index.predicate = is_partial ? answer.definition() : answer.printed();
        index.of_constraint = constraint != 0;
        index.partition_of = answer.name();
        index.valid = answer.flag();
        index.replica_identity = answer.flag();
        index.clustered = answer.flag();
        index.statistics = std::move(statistics[address.oid]);
        index.comment = scope.comment(address);
        // The index of a constraint is made with it.
        scope.names.emplace(address, index.of_constraint
                                         ? scope.part_name(model::ObjectKind::constraint, relation, index.name)
                                         : model::ObjectName{model::ObjectKind::index,
                                                             scope.names.at({.oid = relation}).schema, index.name});
        indexes->push_back(std::move(index));
    }
    return base::Done{};
}

}  // namespace haetae::catalog
