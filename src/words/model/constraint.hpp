// SPDX-License-Identifier: Apache-2.0
// A constraint of a table or a domain, NOT NULL apart (that is an attribute of its column). A primary key, unique or
// exclusion constraint has an index of the same name among its table's indexes, where its storage options, tablespace,
// comment and so on are found.
#pragma once

#include <string>

namespace haetae::model {

enum class ConstraintKind { primary_key, unique, foreign_key, check, exclusion };

struct Constraint {
    std::string name;
    ConstraintKind kind = ConstraintKind::check;
    /// What pg_get_constraintdef prints with an empty search_path, without what the flags below say: everything from
    /// "PRIMARY KEY (", "UNIQUE NULLS NOT DISTINCT (", "FOREIGN KEY (", "CHECK (", "EXCLUDE USING " on, including
    /// INCLUDE, WITHOUT OVERLAPS, PERIOD, MATCH, actions with their column lists, and an exclusion's WHERE.
    std::string definition{};
    // Written behind the definition, in this order.
    bool no_inherit = false;  ///< NO INHERIT, of a check
    bool deferrable = false;
    bool initially_deferred = false;
    bool enforced = true;    ///< false: NOT ENFORCED, from 18 on
    bool validated = true;   ///< false: NOT VALID; of no meaning, and true here, when it is not enforced
    bool local = true;       ///< declared by this table itself (conislocal)
    bool inherited = false;  ///< comes from a parent or the partitioned table (coninhcount > 0); both may hold
    std::string comment{};

    bool operator==(const Constraint&) const = default;
};

/// The definition with its flags, as ALTER TABLE … ADD CONSTRAINT name takes it.
std::string full_definition(const Constraint& constraint);

}  // namespace haetae::model
