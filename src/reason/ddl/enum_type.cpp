// SPDX-License-Identifier: Apache-2.0
// Enums, their labels in order.
#include "ddl/belongings.hpp"
#include "ddl/kinds.hpp"
#include "ddl/spelling.hpp"
#include "pg/identifier.hpp"

namespace haetae::ddl {

Creations create_enum(const model::EnumType& type, const Style& style) {
    std::vector<std::string> labels;
    labels.reserve(type.labels.size());
    for (const auto& label : type.labels) labels.push_back(pg::literal(label));
    Creation creation{.object = named(model::ObjectKind::type, type.name),
                      .rank = Rank::type,
                      .group = group_of(type.name),
                      .statements = {"CREATE TYPE " + spelled(type.name) + " AS ENUM" + listed(labels)}};
    add_belongings(creation.statements, style, {.alter = "TYPE " + spelled(type.name)}, type);
    return {creation};
}

}  // namespace haetae::ddl
