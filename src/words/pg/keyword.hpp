// SPDX-License-Identifier: Apache-2.0
// Names for people to read: in quotes only where PostgreSQL would take them for something else without.
#pragma once

#include <string>
#include <string_view>

namespace haetae::pg {

/// `name` as quote_ident writes it: in double quotes unless it holds small letters, digits and underscores only, does
/// not begin with a digit, and is no keyword that any version from 13 to 18 reserves anywhere.
/// @pre no NUL byte.
std::string quote_if_needed(std::string_view name);

/// schema.name, each in quotes where needed.
std::string quote_if_needed(std::string_view schema, std::string_view name);

}  // namespace haetae::pg
