// SPDX-License-Identifier: Apache-2.0
// Roles come by name and sorted; the two expressions are printed like any other.
#include "catalog/kinds.hpp"

namespace haetae::catalog {

namespace {

constexpr std::string_view query = R"(
SELECT p.oid, p.polrelid, p.polname, p.polpermissive, p.polcmd,
       ARRAY(SELECT r.rolname FROM pg_catalog.pg_roles AS r WHERE r.oid = ANY (p.polroles) ORDER BY r.rolname),
       p.polqual IS NOT NULL, pg_catalog.pg_get_expr(p.polqual, p.polrelid),
       p.polwithcheck IS NOT NULL, pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)
FROM scope, pg_catalog.pg_policy AS p JOIN pg_catalog.pg_class AS c ON c.oid = p.polrelid
WHERE c.relnamespace = ANY (scope.schemas)
ORDER BY p.polname)";

std::string command(const std::string& letter) {
    if (letter == "r") return "SELECT";
    if (letter == "a") return "INSERT";
    if (letter == "w") return "UPDATE";
    return letter == "d" ? "DELETE" : "ALL";
}

}  // namespace

base::Status read_policies(Scope& scope) {
    auto answer = TRY(scope.ask(query));
    while (answer.next()) {
        const Address address{.of = Class::policy, .oid = answer.oid()};
        const auto relation = answer.oid();
        model::Policy policy{.name = answer.text()};
        policy.permissive = answer.flag();
        policy.command = command(answer.text());
        policy.roles = answer.list();
        const bool has_using = answer.flag();
        policy.using_expression = has_using ? answer.definition() : answer.printed();
        const bool has_check = answer.flag();
        policy.check_expression = has_check ? answer.definition() : answer.printed();
        policy.comment = scope.comment(address);
        const auto table = scope.tables.find(relation);
        if (table == scope.tables.end()) continue;
        scope.names.emplace(address, scope.part_name(model::ObjectKind::policy, relation, policy.name));
        table->second->policies.push_back(std::move(policy));
    }
    return base::Done{};
}

}  // namespace haetae::catalog
