// SPDX-License-Identifier: Apache-2.0
// Constraints of tables. The options and tablespace of the index behind one stand in the middle of its definition.
#include <algorithm>

#include "ddl/belongings.hpp"
#include "ddl/kinds.hpp"
#include "ddl/parts.hpp"
#include "ddl/spelling.hpp"
#include "model/quoted.hpp"

namespace haetae::ddl {

std::string constraint_text(const model::Constraint& constraint, const model::Index* index) {
    auto definition = full_definition(constraint);
    if (index != nullptr) {
        // The definition of an exclusion has its options already.
        const bool is_exclusion = constraint.kind == model::ConstraintKind::exclusion;
        auto storage = is_exclusion ? "" : with_options(index->options);
        if (!index->tablespace.empty()) storage += " USING INDEX TABLESPACE " + spelled(index->tablespace);
        const auto where =
            is_exclusion ? model::find_outside_brackets(constraint.definition, " WHERE ") : std::string::npos;
        definition.insert(std::min(where, constraint.definition.size()), storage);
    }
    return "CONSTRAINT " + spelled(constraint.name) + " " + definition;
}

bool keeps_rows_apart(const model::Constraint& constraint) {
    return constraint.kind == model::ConstraintKind::exclusion ||
           model::find_outside_quotes(constraint.definition, " WITHOUT OVERLAPS") != std::string::npos;
}

void add_constraint_comment(std::vector<std::string>& statements, const model::Constraint& constraint,
                            const Relation& of) {
    add_comment(statements, "CONSTRAINT " + spelled(constraint.name) + " ON " + of.spelled(), constraint.comment);
}

Creation add_constraint(const model::Constraint& constraint, const model::Index* index, const Relation& of) {
    auto creation = of.part(model::ObjectKind::constraint, constraint.name);
    const bool has_index = index != nullptr;
    const bool only = has_index && of.only && !keeps_rows_apart(constraint);
    creation.rank = constraint.kind == model::ConstraintKind::foreign_key ? Rank::foreign_key
                    : has_index                                           ? of.rank
                                                                          : Rank::check;
    creation.statements = {"ALTER TABLE " + std::string(only ? "ONLY " : "") + of.spelled() + "\n    ADD " +
                           constraint_text(constraint, index)};
    add_constraint_comment(creation.statements, constraint, of);
    return creation;
}

}  // namespace haetae::ddl
