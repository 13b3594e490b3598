// SPDX-License-Identifier: Apache-2.0
// CREATE TYPE … AS RANGE. Its multirange (from 14 on) comes with it.
#pragma once

#include <string>

#include "model/name.hpp"
#include "model/privilege.hpp"

namespace haetae::model {

struct RangeType {
    QualifiedName name;
    std::string subtype{};           ///< format_type
    QualifiedName operator_class{};  ///< SUBTYPE_OPCLASS; empty = the subtype's default
    QualifiedName collation{};       ///< empty = that of the subtype
    std::string canonical{};         ///< a function, as SQL; "" = none
    std::string subtype_diff{};      ///< likewise
    /// MULTIRANGE_TYPE_NAME; empty where it is the generated one ("range" in the name becomes "multirange", else
    /// "_multirange" is added), and before 14.
    QualifiedName multirange{};
    std::string owner{};
    std::string comment{};
    Privileges privileges{};

    bool operator==(const RangeType&) const = default;
};

}  // namespace haetae::model
