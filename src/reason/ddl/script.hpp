// SPDX-License-Identifier: Apache-2.0
// A whole model as SQL that makes it in an empty database.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "ddl/creation.hpp"
#include "model/database.hpp"

namespace haetae::ddl {

/// The creations of everything in the model, in an order that PostgreSQL accepts. Error: HT0690 objects need each other
/// in a circle that no statement can break.
base::Result<std::vector<Creation>> create_all(const model::Database& database, const Style& style);

/// Settings under which the statements mean what they say, then the statements, each with its semicolon, a blank line
/// between objects. The same model gives the same text.
std::string text(const std::vector<Creation>& creations);

/// What the statements do not bring back, one line each: what no model holds, indexes that were left invalid,
/// extensions that are needed but installed in a schema that was not read.
std::vector<std::string> left_out(const model::Database& database);

}  // namespace haetae::ddl
