// SPDX-License-Identifier: Apache-2.0
// Domains; a check that is not validated, or that needs what needs the domain, is added later.
#include "ddl/belongings.hpp"
#include "ddl/kinds.hpp"
#include "ddl/spelling.hpp"

namespace haetae::ddl {

namespace {

std::string constraint_text(const model::Constraint& constraint) {
    return "CONSTRAINT " + spelled(constraint.name) + " " + full_definition(constraint);
}

}  // namespace

Creations create_domain(const model::Domain& domain, const Style& style, const Apart& apart) {
    const auto name = spelled(domain.name);
    Creations creations{
        {.object = named(model::ObjectKind::type, domain.name), .rank = Rank::type, .group = group_of(domain.name)}};
    auto statement = "CREATE DOMAIN " + name + " AS " + domain.type + collate(domain.collation);
    if (!domain.default_expression.empty()) statement += " DEFAULT " + domain.default_expression;
    if (!domain.not_null_name.empty()) statement += " CONSTRAINT " + spelled(domain.not_null_name);
    if (domain.not_null) statement += " NOT NULL";
    std::vector<std::string> comments;
    for (const auto& constraint : domain.constraints) {
        const auto object = named(model::ObjectKind::constraint, domain.name, constraint.name);
        std::vector<std::string> comment;
        add_comment(comment, "CONSTRAINT " + spelled(constraint.name) + " ON DOMAIN " + name, constraint.comment);
        if (constraint.validated && apart.count(object) == 0) {
            statement += "\n    " + constraint_text(constraint);
            add(comments, comment);
            continue;
        }
        Creation later{.object = object, .rank = Rank::check, .group = group_of(domain.name)};
        later.needs = {creations.front().object};
        later.statements = {"ALTER DOMAIN " + name + " ADD " + constraint_text(constraint)};
        add(later.statements, comment);
        creations.push_back(later);
    }
    auto& statements = creations.front().statements;
    statements.push_back(statement);
    add_belongings(statements, style, {.alter = "DOMAIN " + name, .grant = "TYPE " + name}, domain);
    add(statements, comments);
    return creations;
}

}  // namespace haetae::ddl
