// SPDX-License-Identifier: Apache-2.0
// Aggregates: CREATE AGGREGATE name (arguments) (clauses). Nothing but its owner, schema and name can be altered.
#pragma once

#include <string>
#include <vector>

#include "model/name.hpp"
#include "model/privilege.hpp"

namespace haetae::model {

struct AggregateClause {
    std::string name;     ///< "SFUNC", "STYPE", "INITCOND", "HYPOTHETICAL" …
    std::string value{};  ///< SQL, as it stands behind "="; "" for a clause without one

    bool operator==(const AggregateClause&) const = default;
};

struct Aggregate {
    RoutineName name;
    /// pg_get_function_arguments: "integer", "*" is "", "double precision ORDER BY anyelement". Also what DROP
    /// AGGREGATE, COMMENT ON and the like take.
    std::string arguments{};
    std::vector<AggregateClause> clauses{};  ///< in the manual's order; those at their default left out
    std::string owner{};
    std::string comment{};
    Privileges privileges{};

    bool operator==(const Aggregate&) const = default;
};

}  // namespace haetae::model
