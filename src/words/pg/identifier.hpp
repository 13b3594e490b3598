// SPDX-License-Identifier: Apache-2.0
// Identifiers and literals as PostgreSQL takes them. Everything that reaches a statement by name goes through here.
#pragma once

#include <string>
#include <string_view>

namespace haetae::pg {

/// `name` in double quotes, inner quotes doubled: always quoted, so keywords such as `character` need no care.
/// @pre no NUL byte.
std::string quote(std::string_view name);

/// quote(schema).quote(name)
std::string quote(std::string_view schema, std::string_view name);

/// `text` as a string literal that reads the same whatever standard_conforming_strings is (E'' where it holds a
/// backslash).
std::string literal(std::string_view text);

}  // namespace haetae::pg
