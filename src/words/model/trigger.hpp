// SPDX-License-Identifier: Apache-2.0
// A trigger of a table or a view; those that constraints bring are not read.
#pragma once

#include <string>

#include "model/firing.hpp"

namespace haetae::model {

struct Trigger {
    std::string name;
    std::string definition{};  ///< pg_get_triggerdef: the whole CREATE [CONSTRAINT] TRIGGER statement, no semicolon
    Firing firing = Firing::origin;
    bool inherited = false;  ///< a row trigger of the partitioned table, here on its partition; it comes by itself
    std::string comment{};

    bool operator==(const Trigger&) const = default;
};

}  // namespace haetae::model
