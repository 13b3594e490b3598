// SPDX-License-Identifier: Apache-2.0
// What the chosen schemas of a database hold, as plain values. Two databases hold the same when these are equal. Every
// list is sorted by name unless its order has a meaning.
#pragma once

#include <vector>

#include "model/aggregate.hpp"
#include "model/composite_type.hpp"
#include "model/dependency.hpp"
#include "model/domain.hpp"
#include "model/enum_type.hpp"
#include "model/extension.hpp"
#include "model/function.hpp"
#include "model/privilege.hpp"
#include "model/range_type.hpp"
#include "model/schema.hpp"
#include "model/sequence.hpp"
#include "model/statistics.hpp"
#include "model/table.hpp"
#include "model/unmodelled.hpp"
#include "model/view.hpp"

namespace haetae::model {

/// Where a model was read and in which order its objects can be made: of use to whoever writes SQL, no part of what
/// the schemas mean. Two origins therefore always compare equal.
struct Origin {
    int server_version = 0;                  ///< 150018 for 15.18
    std::vector<Dependency> dependencies{};  ///< between objects of the model; sorted, each once

    bool operator==(const Origin&) const { return true; }
};

struct Database {
    std::vector<Schema> schemas{};
    std::vector<Extension> extensions{};  ///< those installed in the chosen schemas; all where all schemas are read
    std::vector<EnumType> enums{};
    std::vector<Domain> domains{};
    std::vector<CompositeType> composites{};
    std::vector<RangeType> ranges{};
    std::vector<Sequence> sequences{};  ///< but for those of identity columns
    std::vector<Table> tables{};
    std::vector<View> views{};
    std::vector<MaterializedView> materialized_views{};
    std::vector<Function> functions{};
    std::vector<Aggregate> aggregates{};
    std::vector<Statistics> statistics{};
    std::vector<DefaultPrivileges> default_privileges{};
    std::vector<Unmodelled> unmodelled{};
    Origin origin{};

    bool operator==(const Database&) const = default;
};

}  // namespace haetae::model
