// SPDX-License-Identifier: Apache-2.0
// Tokens on demand; comments are dropped here, so that nobody above has to think of them.
#include "sql/leading_words.hpp"

namespace haetae::sql {

const Token& LeadingWords::at(std::size_t index) {
    while (tokens_.size() <= index) {
        if (!tokens_.empty() && tokens_.back().kind == TokenKind::end) return tokens_.back();
        const Token token = lexer_.next();
        if (token.kind == TokenKind::line_comment || token.kind == TokenKind::block_comment) continue;
        tokens_.push_back(token);
    }
    return tokens_[index];
}

bool LeadingWords::is_symbol(std::size_t index, char c) {
    const Token token = at(index);
    return token.kind == TokenKind::symbol && token.end == token.begin + 1 && text_[token.begin] == c;
}

std::string LeadingWords::shown(std::size_t index) {
    const Token token = at(index);
    if (token.kind != TokenKind::word) return {};
    std::string word(text_.substr(token.begin, token.end - token.begin));
    for (char& c : word) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return word;
}

std::size_t LeadingWords::find(std::string_view lower_case, std::size_t from) {
    std::size_t depth = 0;
    for (std::size_t i = from; !is_end(i); ++i) {
        if (is_symbol(i, '(')) ++depth;
        if (is_symbol(i, ')') && depth > 0) --depth;
        if (depth == 0 && is(i, lower_case)) return i;
    }
    return npos;
}

LeadingWords::Name LeadingWords::qualified_name(std::size_t& index) {
    Name found;
    while (at(index).kind == TokenKind::word || at(index).kind == TokenKind::quoted_identifier) {
        found.schema = std::move(found.name);
        found.name = identifier_of(text_, at(index));
        ++index;
        if (!is_symbol(index, '.')) break;
        ++index;
    }
    return found;
}

void LeadingWords::skip_parentheses(std::size_t& index) {
    if (!is_symbol(index, '(')) return;
    std::size_t depth = 0;
    for (; !is_end(index); ++index) {
        if (is_symbol(index, '(')) ++depth;
        if (is_symbol(index, ')') && --depth == 0) {
            ++index;
            return;
        }
    }
}

}  // namespace haetae::sql
