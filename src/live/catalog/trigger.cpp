// SPDX-License-Identifier: Apache-2.0
// Triggers that somebody made, and their copies on partitions (marked internal up to 14), whose firing may be set
// apart. Those that foreign keys bring are PostgreSQL's own.
#include "catalog/firing.hpp"
#include "catalog/kinds.hpp"

namespace haetae::catalog {

namespace {

constexpr std::string_view query = R"(
SELECT t.oid, t.tgrelid, t.tgname, pg_catalog.pg_get_triggerdef(t.oid), t.tgenabled, t.tgparentid <> 0
FROM scope, pg_catalog.pg_trigger AS t JOIN pg_catalog.pg_class AS c ON c.oid = t.tgrelid
LEFT JOIN pg_catalog.pg_constraint AS k ON k.oid = t.tgconstraint
WHERE c.relnamespace = ANY (scope.schemas) AND c.oid <> ALL (scope.left_out)
  AND (NOT t.tgisinternal OR (t.tgparentid <> 0 AND coalesce(k.contype, 't') = 't'))
ORDER BY t.tgname)";

}  // namespace

base::Status read_triggers(Scope& scope) {
    auto answer = TRY(scope.ask(query));
    while (answer.next()) {
        const Address address{.of = Class::trigger, .oid = answer.oid()};
        const auto relation = answer.oid();
        model::Trigger trigger{.name = answer.text()};
        trigger.definition = answer.definition();
        trigger.firing = firing(answer.text());
        trigger.inherited = answer.flag();
        trigger.comment = scope.comment(address);
        const auto table = scope.tables.find(relation);
        const auto view = scope.views.find(relation);
        if (table == scope.tables.end() && view == scope.views.end()) continue;
        scope.names.emplace(address, scope.part_name(model::ObjectKind::trigger, relation, trigger.name));
        auto& triggers = table != scope.tables.end() ? table->second->triggers : view->second->triggers;
        triggers.push_back(std::move(trigger));
    }
    return base::Done{};
}

}  // namespace haetae::catalog
