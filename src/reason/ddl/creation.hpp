// SPDX-License-Identifier: Apache-2.0
// What makes one object: its statements, which belong together, and where they may stand among others. The grain is
// that of model::ObjectName, so pg_depend's edges order creations as they are.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/dependency.hpp"
#include "model/name.hpp"

namespace haetae::ddl {

/// Which of two creations comes first where neither needs the other.
enum class Rank {
    schema,
    extension,
    type,
    function,
    aggregate,
    sequence,
    table,  ///< with its indexes, statistics, triggers, rules and policies
    column_default,
    check,
    partitioned_table,  ///< what goes through all partitions of a table
    view,
    materialized_view,
    late_view,    ///< in place of a stand-in
    foreign_key,  ///< from here on behind everything else, whatever needs what
    default_privileges,
};

struct Creation {
    model::ObjectName object;  ///< what exists afterwards
    Rank rank = Rank::table;
    std::string group{};                     ///< "schema.table" of what stands together within a rank
    std::vector<std::string> statements{};   ///< SQL without semicolon
    std::vector<model::ObjectName> needs{};  ///< besides what the model's dependencies say of `object`
    /// Makes something of that name and shape only, so that others can be made; the true one follows.
    bool stand_in = false;
};

inline model::ObjectName named(model::ObjectKind kind, const model::QualifiedName& name, std::string part = "") {
    return {.kind = kind, .schema = name.schema, .name = name.name, .part = std::move(part)};
}

/// Sorts like the pair of its names.
inline std::string group_of(const model::QualifiedName& name) {
    return name.schema + std::string(1, '\0') + name.name;
}

/// Parts that are not made with their table, domain or function, but after it: those that need in a circle what needs
/// the whole. Views, functions and range types in here get a stand-in first.
using Apart = std::set<model::ObjectName>;

/// What is said besides the bare objects.
struct Style {
    bool owners = true;
    bool privileges = true;
    /// A role whose ownership goes without saying: whoever loads the statements. "" = none.
    std::string silent_owner{};
    int server_version = 0;  ///< of the server that is to take the statements, 150018 for 15.18
};

}  // namespace haetae::ddl
