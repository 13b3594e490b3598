// SPDX-License-Identifier: Apache-2.0
// A row security policy.
#pragma once

#include <string>
#include <vector>

namespace haetae::model {

struct Policy {
    std::string name;
    bool permissive = true;
    std::string command = "ALL";       ///< "ALL", "SELECT", "INSERT", "UPDATE", "DELETE"
    std::vector<std::string> roles{};  ///< sorted; empty = PUBLIC
    std::string using_expression{};    ///< pg_get_expr, in its parentheses; "" = none
    std::string check_expression{};    ///< WITH CHECK, likewise
    std::string comment{};

    bool operator==(const Policy&) const = default;
};

}  // namespace haetae::model
