// SPDX-License-Identifier: Apache-2.0
// A statement as its tokens without comments, read only as far as somebody asks: an INSERT of 20,000 rows is told by
// its first word. Reading past the end gives tokens of kind `end`.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sql/lexer.hpp"

namespace haetae::sql {

class LeadingWords {
 public:
    explicit LeadingWords(std::string_view statement) : text_(statement), lexer_(statement) {}

    /// Token number `index`, from 0.
    const Token& at(std::size_t index);
    /// True when that token is the keyword `lower_case`.
    bool is(std::size_t index, std::string_view lower_case) { return is_word(text_, at(index), lower_case); }
    bool is_symbol(std::size_t index, char c);
    bool is_end(std::size_t index) { return at(index).kind == TokenKind::end; }
    /// In upper case, as messages show keywords; "" for anything but a word.
    std::string shown(std::size_t index);
    /// The index of the first keyword `lower_case` outside parentheses at or after `from`; `npos` when there is none.
    std::size_t find(std::string_view lower_case, std::size_t from = 0);

    struct Name {
        std::string schema{};
        std::string name{};
    };
    /// Reads `[…].[schema.]name` at `index`, which then stands behind it.
    Name qualified_name(std::size_t& index);
    /// Skips a parenthesised list at `index`, if there is one.
    void skip_parentheses(std::size_t& index);

    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

 private:
    std::string_view text_;
    Lexer lexer_;
    std::vector<Token> tokens_{};
};

}  // namespace haetae::sql
