// SPDX-License-Identifier: Apache-2.0
// Aggregates; whatever stands at its default is in no clause.
#include "ddl/belongings.hpp"
#include "ddl/kinds.hpp"
#include "ddl/spelling.hpp"

namespace haetae::ddl {

namespace {

std::string clause_text(const model::AggregateClause& clause) {
    if (clause.value.empty()) return clause.name;
    const bool is_qualified_operator = clause.name == "SORTOP" && clause.value.find('.') != std::string::npos;
    return clause.name + " = " + (is_qualified_operator ? "OPERATOR(" + clause.value + ")" : clause.value);
}

}  // namespace

Creations create_aggregate(const model::Aggregate& aggregate, const Style& style) {
    const auto arguments = aggregate.arguments.empty() ? "*" : aggregate.arguments;
    const auto name = spelled(model::QualifiedName{aggregate.name.schema, aggregate.name.name}) + "(" + arguments + ")";
    std::vector<std::string> clauses;
    clauses.reserve(aggregate.clauses.size());
    for (const auto& clause : aggregate.clauses) clauses.push_back(clause_text(clause));
    Creation creation{.object = {.kind = model::ObjectKind::function,
                                 .schema = aggregate.name.schema,
                                 .name = aggregate.name.name,
                                 .part = aggregate.name.argument_types},
                      .rank = Rank::aggregate,
                      .group = group_of({aggregate.name.schema, aggregate.name.name}),
                      .statements = {"CREATE AGGREGATE " + name + listed(clauses)}};
    add_belongings(creation.statements, style,
                   {.alter = "AGGREGATE " + name, .grant = "FUNCTION " + spelled(aggregate.name)}, aggregate);
    return {creation};
}

}  // namespace haetae::ddl
