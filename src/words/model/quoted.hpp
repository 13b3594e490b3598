// SPDX-License-Identifier: Apache-2.0
// Walking over SQL that PostgreSQL printed itself: no comments, no dollar quotes, backslashes always doubled.
#pragma once

#include <cstddef>
#include <string_view>

namespace haetae::model {

/// The place behind the character at `at`, or behind the whole literal or quoted name that begins there.
std::size_t behind_token(std::string_view text, std::size_t at);

/// The first `wanted` at or behind `from` that is in no quotes; npos if there is none.
std::size_t find_outside_quotes(std::string_view text, std::string_view wanted, std::size_t from = 0);

/// Likewise, and in no brackets either.
std::size_t find_outside_brackets(std::string_view text, std::string_view wanted, std::size_t from = 0);

/// The place of the bracket that closes the one at `open` ('(' or '['); npos if there is none.
std::size_t closing_bracket(std::string_view text, std::size_t open);

bool is_name_letter(char c);

/// The place behind the name, plain or quoted, or keyword that begins at `at`; `at` itself where there is none.
std::size_t behind_word(std::string_view text, std::size_t at);

}  // namespace haetae::model
