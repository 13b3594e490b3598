// SPDX-License-Identifier: Apache-2.0
// Composite types; their attributes come with the columns. Comments on the type hang on its pg_type row, those on its
// attributes on its pg_class row.
#include "catalog/kinds.hpp"

namespace haetae::catalog {

namespace {

constexpr std::string_view query = R"(
SELECT t.oid, c.oid, n.nspname, t.typname,
       pg_catalog.pg_get_userbyid(t.typowner), t.typacl, pg_catalog.acldefault('T', t.typowner)
FROM scope, pg_catalog.pg_type AS t JOIN pg_catalog.pg_class AS c ON c.oid = t.typrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
WHERE c.relkind = 'c' AND t.typnamespace = ANY (scope.schemas) AND t.oid NOT IN ({members})
ORDER BY n.nspname, t.typname)";

}  // namespace

base::Status read_composites(Scope& scope) {
    auto answer = TRY(scope.ask(query, Class::type));
    std::vector<Oid> oids;
    while (answer.next()) {
        const Address address{.of = Class::type, .oid = answer.oid()};
        oids.push_back(answer.oid());
        model::CompositeType type{.name = answer.name()};
        scope.belongings(type, answer, address);
        const model::ObjectName name{model::ObjectKind::type, type.name.schema, type.name.name};
        scope.names.emplace(address, name);
        scope.names.emplace(Address{.oid = oids.back()}, name);
        scope.database.composites.push_back(std::move(type));
    }
    for (std::size_t i = 0; i < oids.size(); ++i) scope.composites.emplace(oids[i], &scope.database.composites[i]);
    return base::Done{};
}

}  // namespace haetae::catalog
