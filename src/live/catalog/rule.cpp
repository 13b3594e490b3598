// SPDX-License-Identifier: Apache-2.0
// Rewrite rules. "_RETURN" is what a view is; it has the name of its view in the dependencies.
#include "catalog/firing.hpp"
#include "catalog/kinds.hpp"

namespace haetae::catalog {

namespace {

constexpr std::string_view query = R"(
SELECT r.oid, r.ev_class, r.rulename,
       CASE WHEN r.rulename <> '_RETURN' THEN pg_catalog.pg_get_ruledef(r.oid) ELSE '' END, r.ev_enabled
FROM scope, pg_catalog.pg_rewrite AS r JOIN pg_catalog.pg_class AS c ON c.oid = r.ev_class
WHERE c.relnamespace = ANY (scope.schemas) AND c.oid <> ALL (scope.left_out)
ORDER BY r.rulename)";

}  // namespace

base::Status read_rules(Scope& scope) {
    auto answer = TRY(scope.ask(query));
    while (answer.next()) {
        const Address address{.of = Class::rule, .oid = answer.oid()};
        const auto relation = answer.oid();
        model::Rule rule{.name = answer.text()};
        rule.definition = answer.definition();
        rule.firing = firing(answer.text());
        rule.comment = scope.comment(address);
        const auto named = scope.names.find({.oid = relation});
        if (named == scope.names.end()) continue;
        if (rule.name == "_RETURN") {
            const auto name = named->second;
            scope.names.emplace(address, name);
            continue;
        }
        if (rule.definition.ends_with(";")) rule.definition.pop_back();
        scope.names.emplace(address, scope.part_name(model::ObjectKind::rule, relation, rule.name));
        const auto table = scope.tables.find(relation);
        auto& rules = table != scope.tables.end() ? table->second->rules : scope.views.at(relation)->rules;
        rules.push_back(std::move(rule));
    }
    return base::Done{};
}

}  // namespace haetae::catalog
