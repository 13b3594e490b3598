// SPDX-License-Identifier: Apache-2.0
// One short text for what schemas hold: two databases with the same fingerprint have the same facts.
#pragma once

#include <string>

#include "model/database.hpp"

namespace haetae::catalog {

/// SHA-256 over the lines of the model's facts, in lower-case hex. The same on PostgreSQL 13 to 18 for what the same
/// SQL makes there.
std::string fingerprint(const model::Database& database);

}  // namespace haetae::catalog
