// SPDX-License-Identifier: Apache-2.0
// Triggers. A row trigger of a partitioned table comes to its partitions by itself; there only its firing is set.
#include "ddl/belongings.hpp"
#include "ddl/kinds.hpp"
#include "ddl/parts.hpp"
#include "ddl/spelling.hpp"

namespace haetae::ddl {

Creations create_triggers(const std::vector<model::Trigger>& triggers, const Relation& of) {
    Creations creations;
    for (const auto& trigger : triggers) {
        auto creation = of.part(model::ObjectKind::trigger, trigger.name);
        if (trigger.inherited) {
            creation.rank = Rank::partitioned_table;
            creation.needs.push_back(named(model::ObjectKind::trigger, of.partition_of, trigger.name));
        } else {
            creation.statements.push_back(trigger.definition);
        }
        if (const auto firing = firing_text(trigger.firing, "TRIGGER " + spelled(trigger.name)); !firing.empty()) {
            creation.statements.push_back("ALTER TABLE ONLY " + of.spelled() + " " + firing);
        }
        add_comment(creation.statements, "TRIGGER " + spelled(trigger.name) + " ON " + of.spelled(), trigger.comment);
        creations.push_back(creation);
    }
    return creations;
}

}  // namespace haetae::ddl
