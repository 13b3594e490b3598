// SPDX-License-Identifier: Apache-2.0
// Which object needs which, by name. From pg_depend, so a quoted function body (plpgsql, SQL in quotes) hides what it
// uses; BEGIN ATOMIC does not.
#pragma once

#include <compare>
#include <string>

namespace haetae::model {

enum class ObjectKind {
    schema,
    extension,
    table,
    column,         ///< of a table, view or composite type; part = column
    default_value,  ///< default or generation expression; part = column
    constraint,     ///< of a table or domain; part = constraint
    index,
    trigger,  ///< part = trigger
    rule,     ///< part = rule
    policy,   ///< part = policy
    sequence,
    view,
    materialized_view,
    function,  ///< function, procedure, window function, aggregate; part = argument types
    type,      ///< enum, domain, composite or range
    statistics,
};

/// One object of a model, in the grain of statements.
struct ObjectName {
    ObjectKind kind = ObjectKind::table;
    std::string schema{};  ///< "" for a schema or extension
    std::string name{};    ///< of the table, view, type … for its parts
    std::string part{};    ///< see ObjectKind; "" otherwise

    auto operator<=>(const ObjectName&) const = default;
};

/// `dependent` cannot exist without `needed`. A member of an extension counts as the extension; a row type as its table
/// or view; a column of a view as the view; a multirange or array as its element type.
struct Dependency {
    ObjectName dependent;
    ObjectName needed;

    auto operator<=>(const Dependency&) const = default;
};

}  // namespace haetae::model
