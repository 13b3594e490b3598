// SPDX-License-Identifier: Apache-2.0
// Sequences. pg_depend says whose they are: 'i' of an identity column, 'a' owned by a column. Up to 14 a sequence was
// always logged; here one of an unlogged table counts as unlogged, as 15 makes it.
#include "catalog/kinds.hpp"

#include <algorithm>

namespace haetae::catalog {

namespace {

constexpr std::string_view query = R"(
SELECT c.oid, d.refobjid, n.nspname, c.relname, pg_catalog.format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement,
       s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
       c.relpersistence = 'u' OR {unlogged}, tn.nspname, t.relname, a.attname, coalesce(d.deptype = 'i', false),
       pg_catalog.pg_get_userbyid(c.relowner), c.relacl, pg_catalog.acldefault('s', c.relowner)
FROM scope, pg_catalog.pg_sequence AS s JOIN pg_catalog.pg_class AS c ON c.oid = s.seqrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_depend AS d
  ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i')
     AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0
LEFT JOIN pg_catalog.pg_class AS t ON t.oid = d.refobjid
LEFT JOIN pg_catalog.pg_namespace AS tn ON tn.oid = t.relnamespace
LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE c.relnamespace = ANY (scope.schemas) AND c.oid NOT IN ({members})
ORDER BY n.nspname, c.relname)";

constexpr Part unlogged{
    .name = "unlogged", .since = 150000, .text = "false", .before = "coalesce(t.relpersistence = 'u', false)"};

/// Gives the sequence to its identity column; nothing where the table is not in the model.
void attach(Scope& scope, Oid table, const std::string& column, model::Sequence sequence) {
    const auto found = scope.tables.find(table);
    if (found == scope.tables.end()) return;
    auto& columns = found->second->columns;
    const auto owner = std::find_if(columns.begin(), columns.end(), [&](const auto& c) { return c.name == column; });
    if (owner == columns.end()) return;
    sequence.unlogged = false;  // as its table
    sequence.owner.clear();
    sequence.owned_by_table = {};
    sequence.owned_by_column.clear();
    owner->identity_sequence = std::move(sequence);
}

}  // namespace

base::Status read_sequences(Scope& scope) {
    auto answer = TRY(scope.ask(query, Class::relation, {unlogged}));
    while (answer.next()) {
        const Address address{.oid = answer.oid()};
        const auto table = answer.oid();
        model::Sequence sequence{.name = answer.name()};
        sequence.type = answer.text();
        sequence.start = answer.number();
        sequence.increment = answer.number();
        sequence.minimum = answer.number();
        sequence.maximum = answer.number();
        sequence.cache = answer.number();
        sequence.cycle = answer.flag();
        sequence.unlogged = answer.flag();
        sequence.owned_by_table = answer.name();
        sequence.owned_by_column = answer.text();
        const bool of_identity = answer.flag();
        scope.belongings(sequence, answer, address);
        if (of_identity) {
            const auto column = sequence.owned_by_column;
            attach(scope, table, column, std::move(sequence));
            continue;
        }
        scope.names.emplace(address,
                            model::ObjectName{model::ObjectKind::sequence, sequence.name.schema, sequence.name.name});
        scope.database.sequences.push_back(std::move(sequence));
    }
    return base::Done{};
}

}  // namespace haetae::catalog
