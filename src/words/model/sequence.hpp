// SPDX-License-Identifier: Apache-2.0
// A sequence: its definition, never where it stands. The one behind an identity column is held by its column, the
// one behind a serial column stands alone and is owned by it.
#pragma once

#include <cstdint>
#include <string>

#include "model/name.hpp"
#include "model/privilege.hpp"

namespace haetae::model {

struct Sequence {
    QualifiedName name;
    std::string type = "bigint";  ///< "smallint", "integer", "bigint"
    std::int64_t start = 1;
    std::int64_t increment = 1;
    std::int64_t minimum = 1;
    std::int64_t maximum = INT64_MAX;
    std::int64_t cache = 1;
    bool cycle = false;
    bool unlogged = false;  ///< from 15 on
    /// OWNED BY table.column; empty = NONE. For the sequence of an identity column: empty, its column holds it.
    QualifiedName owned_by_table{};
    std::string owned_by_column{};
    std::string owner{};
    std::string comment{};
    Privileges privileges{};

    bool operator==(const Sequence&) const = default;
};

}  // namespace haetae::model
