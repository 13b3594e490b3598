// SPDX-License-Identifier: Apache-2.0
// CREATE TYPE … AS (…).
#pragma once

#include <string>
#include <vector>

#include "model/name.hpp"
#include "model/privilege.hpp"

namespace haetae::model {

struct CompositeAttribute {
    std::string name;
    std::string type{};         ///< format_type
    QualifiedName collation{};  ///< empty = that of the type
    std::string comment{};

    bool operator==(const CompositeAttribute&) const = default;
};

struct CompositeType {
    QualifiedName name;
    std::vector<CompositeAttribute> attributes{};  ///< in their order, without dropped ones
    std::string owner{};
    std::string comment{};
    Privileges privileges{};

    bool operator==(const CompositeType&) const = default;
};

}  // namespace haetae::model
