// SPDX-License-Identifier: Apache-2.0
// Aggregates, clause by clause in the manual's order. Clauses at their default are left out; FINALFUNC_MODIFY's default
// depends on the kind of aggregate.
#include "catalog/kinds.hpp"

namespace haetae::catalog {

namespace {

// One row a clause, an aggregate without clauses cannot be.
constexpr std::string_view query = R"(
SELECT p.oid, n.nspname, p.proname, pg_catalog.oidvectortypes(p.proargtypes),
       pg_catalog.pg_get_function_arguments(p.oid), c.name, c.value,
       pg_catalog.pg_get_userbyid(p.proowner), p.proacl, pg_catalog.acldefault('f', p.proowner)
FROM scope, pg_catalog.pg_aggregate AS a JOIN pg_catalog.pg_proc AS p ON p.oid = a.aggfnoid
JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
CROSS JOIN LATERAL (SELECT CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END::pg_catalog."char" AS modify) AS usual
CROSS JOIN LATERAL (VALUES
  (1, 'SFUNC', a.aggtransfn::pg_catalog.oid, a.aggtransfn::pg_catalog.text),
  (2, 'STYPE', a.aggtranstype, pg_catalog.format_type(a.aggtranstype, NULL)),
  (3, 'SSPACE', a.aggtransspace::pg_catalog.oid, a.aggtransspace::pg_catalog.text),
  (4, 'FINALFUNC', a.aggfinalfn::pg_catalog.oid, a.aggfinalfn::pg_catalog.text),
  (5, 'FINALFUNC_EXTRA', a.aggfinalextra::pg_catalog.int4::pg_catalog.oid, ''),
  (6, 'FINALFUNC_MODIFY', (a.aggfinalmodify <> usual.modify)::pg_catalog.int4::pg_catalog.oid,
   CASE a.aggfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END),
  (7, 'COMBINEFUNC', a.aggcombinefn::pg_catalog.oid, a.aggcombinefn::pg_catalog.text),
  (8, 'SERIALFUNC', a.aggserialfn::pg_catalog.oid, a.aggserialfn::pg_catalog.text),
  (9, 'DESERIALFUNC', a.aggdeserialfn::pg_catalog.oid, a.aggdeserialfn::pg_catalog.text),
  (10, 'INITCOND', (a.agginitval IS NOT NULL)::pg_catalog.int4::pg_catalog.oid, pg_catalog.quote_literal(a.agginitval)),
  (11, 'MSFUNC', a.aggmtransfn::pg_catalog.oid, a.aggmtransfn::pg_catalog.text),
  (12, 'MINVFUNC', a.aggminvtransfn::pg_catalog.oid, a.aggminvtransfn::pg_catalog.text),
  (13, 'MSTYPE', a.aggmtranstype, pg_catalog.format_type(a.aggmtranstype, NULL)),
  (14, 'MSSPACE', a.aggmtransspace::pg_catalog.oid, a.aggmtransspace::pg_catalog.text),
  (15, 'MFINALFUNC', a.aggmfinalfn::pg_catalog.oid, a.aggmfinalfn::pg_catalog.text),
  (16, 'MFINALFUNC_EXTRA', a.aggmfinalextra::pg_catalog.int4::pg_catalog.oid, ''),
  (17, 'MFINALFUNC_MODIFY', (a.aggmtransfn <> 0 AND a.aggmfinalmodify <> usual.modify)::pg_catalog.int4::pg_catalog.oid,
   CASE a.aggmfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END),
  (18, 'MINITCOND', (a.aggminitval IS NOT NULL)::pg_catalog.int4::pg_catalog.oid,
   pg_catalog.quote_literal(a.aggminitval)),
  (19, 'SORTOP', a.aggsortop, a.aggsortop::pg_catalog.regoper::pg_catalog.text),
  (20, 'PARALLEL', (p.proparallel <> 'u')::pg_catalog.int4::pg_catalog.oid,
   CASE p.proparallel WHEN 's' THEN 'SAFE' ELSE 'RESTRICTED' END),
  (21, 'HYPOTHETICAL', (a.aggkind = 'h')::pg_catalog.int4::pg_catalog.oid, '')) AS c (place, name, is_set, value)
WHERE c.is_set <> 0 AND p.pronamespace = ANY (scope.schemas) AND p.oid NOT IN ({members})
ORDER BY n.nspname, p.proname, pg_catalog.oidvectortypes(p.proargtypes) COLLATE "C", c.place)";

}  // namespace

base::Status read_aggregates(Scope& scope) {
    auto answer = TRY(scope.ask(query, Class::function));
    Oid last = 0;
    while (answer.next()) {
        const Address address{.of = Class::function, .oid = answer.oid()};
        model::Aggregate aggregate;
        aggregate.name.schema = answer.text();
        aggregate.name.name = answer.text();
        aggregate.name.argument_types = answer.text();
        aggregate.arguments = answer.definition();
        model::AggregateClause clause{.name = answer.text()};
        clause.value = answer.text();
        if (address.oid != last) {
            scope.belongings(aggregate, answer, address);
            scope.names.emplace(address, model::ObjectName{model::ObjectKind::function, aggregate.name.schema,
                                                           aggregate.name.name, aggregate.name.argument_types});
            scope.database.aggregates.push_back(std::move(aggregate));
        }
        last = address.oid;
        scope.database.aggregates.back().clauses.push_back(std::move(clause));
    }
    return base::Done{};
}

}  // namespace haetae::catalog
