// SPDX-License-Identifier: Apache-2.0
// Names of NOT NULL constraints, which exist from 17 (domains) and 18 (tables) on.
#pragma once

#include <string>

namespace haetae::catalog {

/// `name`, or "" where PostgreSQL may have made it up: <table>_<column>_not_null, then a number where that was taken.
/// The names in it are not looked at, since a table or column may have been renamed afterwards.
std::string chosen_not_null_name(std::string name);

}  // namespace haetae::catalog
