// SPDX-License-Identifier: Apache-2.0
// CREATE TYPE … AS ENUM.
#pragma once

#include <string>
#include <vector>

#include "model/name.hpp"
#include "model/privilege.hpp"

namespace haetae::model {

struct EnumType {
    QualifiedName name;
    std::vector<std::string> labels{};  ///< in their sort order
    std::string owner{};
    std::string comment{};
    Privileges privileges{};

    bool operator==(const EnumType&) const = default;
};

}  // namespace haetae::model
