// SPDX-License-Identifier: Apache-2.0
// `public` is as initdb makes it, and that changed with 15 (owner pg_database_owner, no CREATE for everyone): as in
// pg_dump, its privileges count from what initdb granted (pg_init_privs), and the first superuser (OID 10) as its owner
// before 15 counts as the owner of 15.
#include "catalog/kinds.hpp"

namespace haetae::catalog {

namespace {

constexpr std::string_view query = R"(
SELECT n.oid, n.nspname, n.nspname = 'public' AND n.nspowner = 10, pg_catalog.pg_get_userbyid(n.nspowner),
       n.nspacl, coalesce(p.initprivs, pg_catalog.acldefault('n', n.nspowner))
FROM scope, pg_catalog.pg_namespace AS n
LEFT JOIN pg_catalog.pg_init_privs AS p
  ON p.classoid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND p.objoid = n.oid AND p.privtype = 'i'
WHERE n.oid = ANY (scope.schemas) AND n.oid NOT IN ({members}) ORDER BY n.nspname)";

}  // namespace

base::Status read_schemas(Scope& scope) {
    auto answer = TRY(scope.ask(query, Class::schema));
    while (answer.next()) {
        const Address address{.of = Class::schema, .oid = answer.oid()};
        model::Schema schema{.name = answer.text()};
        const bool as_initdb_made_it = answer.flag();
        const auto owner = answer.text();
        schema.owner = as_initdb_made_it ? "pg_database_owner" : owner;
        schema.privileges = answer.privileges(owner);
        schema.comment = scope.comment(address);
        scope.names.emplace(address, model::ObjectName{.kind = model::ObjectKind::schema, .name = schema.name});
        scope.database.schemas.push_back(std::move(schema));
    }
    return base::Done{};
}

}  // namespace haetae::catalog
