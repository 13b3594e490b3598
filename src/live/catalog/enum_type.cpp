// SPDX-License-Identifier: Apache-2.0
// The labels come in one row a type, in their order.
#include "catalog/kinds.hpp"

namespace haetae::catalog {

namespace {

constexpr std::string_view query = R"(
SELECT t.oid, n.nspname, t.typname,
       ARRAY(SELECT e.enumlabel FROM pg_catalog.pg_enum AS e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder),
       pg_catalog.pg_get_userbyid(t.typowner), t.typacl, pg_catalog.acldefault('T', t.typowner)
FROM scope, pg_catalog.pg_type AS t JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
WHERE t.typtype = 'e' AND t.typnamespace = ANY (scope.schemas) AND t.oid NOT IN ({members})
ORDER BY n.nspname, t.typname)";

}  // namespace

base::Status read_enums(Scope& scope) {
    auto answer = TRY(scope.ask(query, Class::type));
    while (answer.next()) {
        const Address address{.of = Class::type, .oid = answer.oid()};
        model::EnumType type{.name = answer.name()};
        type.labels = answer.list();
        scope.belongings(type, answer, address);
        scope.names.emplace(address, model::ObjectName{model::ObjectKind::type, type.name.schema, type.name.name});
        scope.database.enums.push_back(std::move(type));
    }
    return base::Done{};
}

}  // namespace haetae::catalog
