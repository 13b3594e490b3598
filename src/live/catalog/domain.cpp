// SPDX-License-Identifier: Apache-2.0
// Domains; their checks come with the constraints. From 17 on NOT NULL is a constraint with a name.
#include "catalog/kinds.hpp"
#include "catalog/not_null.hpp"

namespace haetae::catalog {

namespace {

constexpr std::string_view query = R"(
SELECT t.oid, n.nspname, t.typname, pg_catalog.format_type(t.typbasetype, t.typtypmod), cn.nspname, co.collname,
       t.typnotnull, {not_null_name}, t.typdefaultbin IS NOT NULL, pg_catalog.pg_get_expr(t.typdefaultbin, 0),
       pg_catalog.pg_get_userbyid(t.typowner), t.typacl, pg_catalog.acldefault('T', t.typowner)
FROM scope, pg_catalog.pg_type AS t JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
JOIN pg_catalog.pg_type AS b ON b.oid = t.typbasetype
LEFT JOIN pg_catalog.pg_collation AS co ON co.oid = t.typcollation AND t.typcollation <> b.typcollation
LEFT JOIN pg_catalog.pg_namespace AS cn ON cn.oid = co.collnamespace
WHERE t.typtype = 'd' AND t.typnamespace = ANY (scope.schemas) AND t.oid NOT IN ({members})
ORDER BY n.nspname, t.typname)";

constexpr Part not_null_name{
    .name = "not_null_name",
    .since = 170000,
    .text = "(SELECT c.conname FROM pg_catalog.pg_constraint AS c WHERE c.contypid = t.oid AND c.contype = 'n')",
    .before = "NULL"};

}  // namespace

base::Status read_domains(Scope& scope) {
    auto answer = TRY(scope.ask(query, Class::type, {not_null_name}));
    std::vector<Oid> oids;
    while (answer.next()) {
        const Address address{.of = Class::type, .oid = answer.oid()};
        model::Domain domain{.name = answer.name()};
        domain.type = answer.text();
        domain.collation = answer.name();
        domain.not_null = answer.flag();
        domain.not_null_name = chosen_not_null_name(answer.text());
        const bool has_default = answer.flag();
        domain.default_expression = has_default ? answer.definition() : answer.printed();
        scope.belongings(domain, answer, address);
        scope.names.emplace(address, model::ObjectName{model::ObjectKind::type, domain.name.schema, domain.name.name});
        scope.database.domains.push_back(std::move(domain));
        oids.push_back(address.oid);
    }
    for (std::size_t i = 0; i < oids.size(); ++i) scope.domains.emplace(oids[i], &scope.database.domains[i]);
    return base::Done{};
}

}  // namespace haetae::catalog
