// SPDX-License-Identifier: Apache-2.0
// A rewrite rule of a table or a view, but for the one that makes a view a view.
#pragma once

#include <string>

#include "model/firing.hpp"

namespace haetae::model {

struct Rule {
    std::string name;
    std::string definition{};  ///< pg_get_ruledef: the whole CREATE RULE statement, no semicolon
    Firing firing = Firing::origin;
    std::string comment{};

    bool operator==(const Rule&) const = default;
};

}  // namespace haetae::model
