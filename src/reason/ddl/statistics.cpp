// SPDX-License-Identifier: Apache-2.0
// Extended statistics.
#include "ddl/belongings.hpp"
#include "ddl/kinds.hpp"
#include "ddl/spelling.hpp"

namespace haetae::ddl {

Creations create_statistics(const model::Statistics& statistics, const Style& style) {
    const auto name = spelled(statistics.name);
    Creation creation{.object = named(model::ObjectKind::statistics, statistics.name),
                      .rank = Rank::partitioned_table,
                      .group = group_of(statistics.name),
                      .statements = {"CREATE STATISTICS " + name + " " + statistics.definition}};
    if (statistics.target) {
        creation.statements.push_back("ALTER STATISTICS " + name + " SET STATISTICS " +
                                      std::to_string(*statistics.target));
    }
    add_owner(creation.statements, style, "STATISTICS " + name, statistics.owner);
    add_comment(creation.statements, "STATISTICS " + name, statistics.comment);
    return {creation};
}

}  // namespace haetae::ddl
