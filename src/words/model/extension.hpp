// SPDX-License-Identifier: Apache-2.0
// An installed extension. What belongs to it (pg_depend, deptype 'e') is its own affair and is in no model.
#pragma once

#include <string>

namespace haetae::model {

struct Extension {
    std::string name;
    std::string schema{};  ///< where its objects are
    std::string version{};
    std::string comment{};  ///< comes from the extension's control file unless somebody changed it

    bool operator==(const Extension&) const = default;
};

}  // namespace haetae::model
