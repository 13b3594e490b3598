// SPDX-License-Identifier: Apache-2.0
// A place in a source text that a person can be shown: file, line, column and the text of the line. Columns count
// characters, not bytes, so that a caret stands under the right letter in Korean text too.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace haetae::base {

struct SourceSpan {
    std::string file;       ///< as the user would name it; may be empty ("<stdin>" is the caller's word)
    std::size_t line = 0;   ///< from 1
    std::size_t column = 0; ///< from 1, in characters; 0 where only the line is known
    std::size_t length = 1; ///< in characters, on that line
    std::string line_text;  ///< the whole line, without its end

    bool operator==(const SourceSpan&) const = default;
};

/// The span of `length` bytes at `offset` of `text`. An offset past the end means the end.
SourceSpan span_at(std::string_view file, std::string_view text, std::size_t offset, std::size_t length = 1);

/// How many characters (code points) `utf8` holds; a stray byte counts as one.
std::size_t count_characters(std::string_view utf8);

/// The byte offset of the character number `index` (from 0) of `utf8`; its size when there are fewer.
std::size_t byte_offset_of_character(std::string_view utf8, std::size_t index);

/// True when `text` is well-formed UTF-8 (no overlong forms, surrogates or values above U+10FFFF);
/// otherwise `bad_offset` is the first wrong byte.
bool is_utf8(std::string_view text, std::size_t& bad_offset);

}  // namespace haetae::base
