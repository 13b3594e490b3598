// SPDX-License-Identifier: Apache-2.0
// Row security policies; the flags that turn them on are their table's.
#include "ddl/belongings.hpp"
#include "ddl/kinds.hpp"
#include "ddl/parts.hpp"
#include "ddl/spelling.hpp"

namespace haetae::ddl {

Creations create_policies(const std::vector<model::Policy>& policies, const Relation& of) {
    Creations creations;
    for (const auto& policy : policies) {
        std::vector<std::string> roles;
        roles.reserve(policy.roles.size());
        for (const auto& role : policy.roles) roles.push_back(spelled(role));
        auto statement = "CREATE POLICY " + spelled(policy.name) + " ON " + of.spelled();
        if (!policy.permissive) statement += " AS RESTRICTIVE";
        if (policy.command != "ALL") statement += " FOR " + policy.command;
        if (!roles.empty()) statement += " TO " + joined(roles, ", ");
        if (!policy.using_expression.empty()) statement += "\n    USING (" + policy.using_expression + ")";
        if (!policy.check_expression.empty()) statement += "\n    WITH CHECK (" + policy.check_expression + ")";
        auto creation = of.part(model::ObjectKind::policy, policy.name);
        creation.statements = {statement};
        add_comment(creation.statements, "POLICY " + spelled(policy.name) + " ON " + of.spelled(), policy.comment);
        creations.push_back(creation);
    }
    return creations;
}

}  // namespace haetae::ddl
