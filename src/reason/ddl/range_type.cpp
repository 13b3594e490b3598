// SPDX-License-Identifier: Apache-2.0
// A canonical function takes the range type itself, so a shell of the type comes before it.
#include "ddl/belongings.hpp"
#include "ddl/kinds.hpp"
#include "ddl/spelling.hpp"

namespace haetae::ddl {

Creations create_range(const model::RangeType& type, const Style& style) {
    const auto name = spelled(type.name);
    std::vector<std::string> clauses{"SUBTYPE = " + type.subtype};
    if (!type.operator_class.empty()) clauses.push_back("SUBTYPE_OPCLASS = " + spelled(type.operator_class));
    if (!type.collation.empty()) clauses.push_back("COLLATION = " + spelled(type.collation));
    if (!type.canonical.empty()) clauses.push_back("CANONICAL = " + type.canonical);
    if (!type.subtype_diff.empty()) clauses.push_back("SUBTYPE_DIFF = " + type.subtype_diff);
    if (!type.multirange.empty()) clauses.push_back("MULTIRANGE_TYPE_NAME = " + spelled(type.multirange));
    Creations creations;
    Creation creation{.object = named(model::ObjectKind::type, type.name),
                      .rank = Rank::type,
                      .group = group_of(type.name),
                      .statements = {"CREATE TYPE " + name + " AS RANGE" + listed(clauses)}};
    if (!type.canonical.empty()) {
        auto shell = creation;
        shell.statements = {"CREATE TYPE " + name};
        shell.stand_in = true;
        creations.push_back(shell);
        creation.needs = {creation.object};
    }
    add_belongings(creation.statements, style, {.alter = "TYPE " + name}, type);
    creations.push_back(creation);
    return creations;
}

}  // namespace haetae::ddl
