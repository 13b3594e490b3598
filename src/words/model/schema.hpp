// SPDX-License-Identifier: Apache-2.0
// A schema: the folder, not what lies in it.
#pragma once

#include <string>

#include "model/privilege.hpp"

namespace haetae::model {

struct Schema {
    std::string name;
    /// For `public` as initdb made it: "pg_database_owner" (so from 15 on; before, the first superuser).
    std::string owner{};
    std::string comment{};
    /// For `public`: the difference from what initdb granted, as in pg_dump.
    Privileges privileges{};

    bool operator==(const Schema&) const = default;
};

}  // namespace haetae::model
