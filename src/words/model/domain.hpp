// SPDX-License-Identifier: Apache-2.0
// CREATE DOMAIN.
#pragma once

#include <string>
#include <vector>

#include "model/constraint.hpp"
#include "model/name.hpp"
#include "model/privilege.hpp"

namespace haetae::model {

struct Domain {
    QualifiedName name;
    std::string type{};         ///< the type below, as format_type prints it
    QualifiedName collation{};  ///< empty = that of the type
    bool not_null = false;
    std::string not_null_name{};            ///< as of a Column; from 17 on
    std::string default_expression{};       ///< "" = none
    std::vector<Constraint> constraints{};  ///< checks; sorted by name
    std::string owner{};
    std::string comment{};
    Privileges privileges{};

    bool operator==(const Domain&) const = default;
};

}  // namespace haetae::model
