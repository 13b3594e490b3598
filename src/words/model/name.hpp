// SPDX-License-Identifier: Apache-2.0
// Names of objects. An object is known by its name, never by its OID, so that two databases compare. Names are held as
// PostgreSQL stores them: not quoted, not folded. pg::quote makes SQL of them.
#pragma once

#include <compare>
#include <string>

#include "base/strong_id.hpp"

namespace haetae::model {

/// The name of a schema that somebody chose to read.
using SchemaName = base::StrongId<struct SchemaNameTag>;

/// A name in a schema. Both empty: there is none.
struct QualifiedName {
    std::string schema{};
    std::string name{};

    [[nodiscard]] bool empty() const { return name.empty(); }
    auto operator<=>(const QualifiedName&) const = default;
};

/// A function, procedure or aggregate: its name and the types of its input arguments, which may be overloaded.
struct RoutineName {
    std::string schema{};
    std::string name{};
    /// "integer, public.colour[]": what DROP FUNCTION takes in its parentheses (pg_catalog.oidvectortypes with an empty
    /// search_path). Types are SQL, so quoted where they must be.
    std::string argument_types{};

    auto operator<=>(const RoutineName&) const = default;
};

}  // namespace haetae::model
