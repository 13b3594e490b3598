// SPDX-License-Identifier: Apache-2.0
// Rewrite rules, as pg_get_ruledef prints them.
#include "ddl/belongings.hpp"
#include "ddl/kinds.hpp"
#include "ddl/parts.hpp"
#include "ddl/spelling.hpp"

namespace haetae::ddl {

Creations create_rules(const std::vector<model::Rule>& rules, const Relation& of) {
    Creations creations;
    for (const auto& rule : rules) {
        auto creation = of.part(model::ObjectKind::rule, rule.name);
        creation.statements.push_back(rule.definition);
        if (const auto firing = firing_text(rule.firing, "RULE " + spelled(rule.name)); !firing.empty()) {
            creation.statements.push_back("ALTER TABLE " + of.spelled() + " " + firing);
        }
        add_comment(creation.statements, "RULE " + spelled(rule.name) + " ON " + of.spelled(), rule.comment);
        creations.push_back(creation);
    }
    return creations;
}

}  // namespace haetae::ddl
