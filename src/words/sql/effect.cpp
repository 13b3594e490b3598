// SPDX-License-Identifier: Apache-2.0
// A statement of rows may be long beyond what the parser is given, and its first word tells it.
#include "sql/effect.hpp"

#include <algorithm>
#include <array>

#include "sql/leading_words.hpp"
#include "sql/parse_tree.hpp"

namespace haetae::sql {

Effect effect_of(std::string_view statement) {
    constexpr std::array rows{"insert", "update", "delete", "copy"};
    LeadingWords words(statement);
    const bool is_rows = std::any_of(rows.begin(), rows.end(), [&](const char* word) { return words.is(0, word); });
    return is_rows ? Effect::data : parse_statement(statement).effect;
}

}  // namespace haetae::sql
