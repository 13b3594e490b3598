// SPDX-License-Identifier: Apache-2.0
// Composite types, with the comments of their attributes.
#include "ddl/belongings.hpp"
#include "ddl/kinds.hpp"
#include "ddl/spelling.hpp"

namespace haetae::ddl {

Creations create_composite(const model::CompositeType& type, const Style& style) {
    const auto name = spelled(type.name);
    std::vector<std::string> attributes;
    attributes.reserve(type.attributes.size());
    for (const auto& attribute : type.attributes) {
        attributes.push_back(spelled(attribute.name) + " " + attribute.type + collate(attribute.collation));
    }
    Creation creation{.object = named(model::ObjectKind::type, type.name),
                      .rank = Rank::type,
                      .group = group_of(type.name),
                      .statements = {"CREATE TYPE " + name + " AS" + listed(attributes)}};
    add_belongings(creation.statements, style, {.alter = "TYPE " + name}, type);
    for (const auto& attribute : type.attributes) {
        add_comment(creation.statements, "COLUMN " + name + "." + spelled(attribute.name), attribute.comment);
    }
    return {creation};
}

}  // namespace haetae::ddl
