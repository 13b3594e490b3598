// SPDX-License-Identifier: Apache-2.0
// What parts of all kinds have in common: their relation, and when they fire.
#include "ddl/parts.hpp"

#include <iterator>

#include "ddl/spelling.hpp"

namespace haetae::ddl {

std::string Relation::spelled() const {
    return ddl::spelled(name);
}

Creation Relation::part(model::ObjectKind kind, const std::string& part_name) const {
    const bool is_index = kind == model::ObjectKind::index;
    Creation creation{.object = is_index ? named(kind, {name.schema, part_name}) : named(kind, name, part_name),
                      .rank = rank,
                      .group = group_of(name),
                      .needs = needs};
    creation.needs.insert(creation.needs.end(),
                          {named(model::ObjectKind::table, name), named(model::ObjectKind::view, name),
                           named(model::ObjectKind::materialized_view, name)});
    return creation;
}

void append(Creations& creations, Creations more) {
    creations.insert(creations.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::string firing_text(model::Firing firing, const std::string& part) {
    switch (firing) {
        case model::Firing::origin:
            return "";
        case model::Firing::disabled:
            return "DISABLE " + part;
        case model::Firing::replica:
            return "ENABLE REPLICA " + part;
        case model::Firing::always:
            return "ENABLE ALWAYS " + part;
    }
    return "";
}

}  // namespace haetae::ddl
