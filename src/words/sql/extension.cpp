// SPDX-License-Identifier: Apache-2.0
// PostgreSQL manual, CREATE EXTENSION: the name stands right after the words.
#include "sql/extension.hpp"

#include "sql/leading_words.hpp"

namespace haetae::sql {

std::optional<std::string> created_extension(std::string_view statement) {
    LeadingWords words(statement);
    if (!words.is(0, "create") || !words.is(1, "extension")) return std::nullopt;
    std::size_t index = words.is(2, "if") && words.is(3, "not") && words.is(4, "exists") ? 5 : 2;
    auto name = words.qualified_name(index).name;
    if (name.empty()) return std::nullopt;
    return name;
}

}  // namespace haetae::sql
