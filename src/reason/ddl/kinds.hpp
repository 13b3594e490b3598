// SPDX-License-Identifier: Apache-2.0
// CREATE statements of each kind of object, with all that hangs on it. What is `apart` is left out of the first
// creation and follows as one of its own.
#pragma once

#include <vector>

#include "ddl/creation.hpp"
#include "model/database.hpp"

namespace haetae::ddl {

using Creations = std::vector<Creation>;

Creations create_schema(const model::Schema& schema, const Style& style);
Creations create_extension(const model::Extension& extension);
Creations create_enum(const model::EnumType& type, const Style& style);
Creations create_domain(const model::Domain& domain, const Style& style, const Apart& apart);
Creations create_composite(const model::CompositeType& type, const Style& style);
Creations create_range(const model::RangeType& type, const Style& style);
Creations create_sequence(const model::Sequence& sequence, const Style& style);
/// Columns, constraints, indexes, triggers, rules and policies too. `database` is where the tables it inherits from or
/// is a partition of are looked up, and its own partitions.
Creations create_table(const model::Table& table, const model::Database& database, const Style& style,
                       const Apart& apart);
Creations create_view(const model::View& view, const Style& style, const Apart& apart);
Creations create_materialized_view(const model::MaterializedView& view, const Style& style);
Creations create_function(const model::Function& function, const Style& style, const Apart& apart);
Creations create_aggregate(const model::Aggregate& aggregate, const Style& style);
Creations create_statistics(const model::Statistics& statistics, const Style& style);
Creations create_default_privileges(const model::DefaultPrivileges& defaults, const Style& style);

}  // namespace haetae::ddl
