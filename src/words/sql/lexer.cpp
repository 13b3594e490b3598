// SPDX-License-Identifier: Apache-2.0
// One function a token kind; each follows the rule of the same name in PostgreSQL's src/backend/parser/scan.l.
#include "sql/lexer.hpp"

#include <algorithm>

namespace haetae::sql {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_identifier_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_identifier_part(char c) {
    return is_identifier_start(c) || is_digit(c) || c == '$';
}

bool is_operator(char c) {
    return std::string_view("~!@#^&|`?+-*/%<>=").find(c) != std::string_view::npos;
}

bool is_newline(char c) {
    return c == '\n' || c == '\r';
}

}  // namespace

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool Lexer::comment_starts(std::size_t at) const {
    return (peek(at) == '-' && peek(at + 1) == '-') || (peek(at) == '/' && peek(at + 1) == '*');
}

Token Lexer::finish(TokenKind kind, std::size_t begin) {
    const bool is_string = kind == TokenKind::string;
    if (is_string) newline_since_ = false;
    // A line comment may stand between the pieces of a string; anything else ends it.
    after_string_ = is_string || (after_string_ && kind == TokenKind::line_comment);
    return {kind, begin, at_};
}

Token Lexer::next() {
    while (at_ < text_.size() && is_blank(text_[at_])) {
        if (is_newline(text_[at_])) newline_since_ = true;
        ++at_;
    }
    const std::size_t begin = at_;
    if (begin >= text_.size()) return finish(TokenKind::end, begin);
    const char c = text_[begin];
    if (c == '-' && peek(begin + 1) == '-') {
        while (at_ < text_.size() && !is_newline(text_[at_])) ++at_;
        return finish(TokenKind::line_comment, begin);
    }
    if (c == '/' && peek(begin + 1) == '*') return block_comment(begin);
    if (c == '\'') {
        const bool continues = after_string_ && newline_since_;
        return string(begin, begin, continues ? last_mode_ : StringMode::plain);
    }
    if (c == '"') return quoted_identifier(begin, begin);
    if (c == '$') return dollar(begin);
    if (is_identifier_start(c)) return word_or_prefixed(begin);
    if (is_digit(c) || (c == '.' && is_digit(peek(begin + 1)))) return number(begin);
    if (is_operator(c)) return operators(begin);
    ++at_;
    if (c == '\\') return finish(TokenKind::backslash, begin);
    const bool known = std::string_view("()[],;:.").find(c) != std::string_view::npos;
    return finish(known ? TokenKind::symbol : TokenKind::stray, begin);
}

Token Lexer::string(std::size_t begin, std::size_t quote_at, StringMode mode) {
    last_mode_ = mode;
    at_ = quote_at + 1;
    while (at_ < text_.size()) {
        const char c = text_[at_];
        if (c == '\\' && mode == StringMode::escaped) {
            at_ = std::min(at_ + 2, text_.size());
            continue;
        }
        ++at_;
        if (c != '\'') continue;
        if (peek(at_) != '\'') return finish(TokenKind::string, begin);
        ++at_;
    }
    return finish(TokenKind::unterminated, begin);
}

Token Lexer::quoted_identifier(std::size_t begin, std::size_t quote_at) {
    at_ = quote_at + 1;
    while (at_ < text_.size()) {
        if (text_[at_++] != '"') continue;
        if (peek(at_) != '"') return finish(TokenKind::quoted_identifier, begin);
        ++at_;
    }
    return finish(TokenKind::unterminated, begin);
}

Token Lexer::dollar(std::size_t begin) {
    ++at_;
    if (is_digit(peek(at_))) {
        while (is_digit(peek(at_))) ++at_;
        return finish(TokenKind::parameter, begin);
    }
    std::size_t tag_end = at_;
    if (is_identifier_start(peek(tag_end))) {
        while (is_identifier_part(peek(tag_end)) && peek(tag_end) != '$') ++tag_end;
    }
    if (peek(tag_end) != '$') return finish(TokenKind::symbol, begin);
    const auto delimiter = text_.substr(begin, tag_end + 1 - begin);
    const std::size_t close = text_.find(delimiter, tag_end + 1);
    at_ = close == std::string_view::npos ? text_.size() : close + delimiter.size();
    return finish(close == std::string_view::npos ? TokenKind::unterminated : TokenKind::dollar_string, begin);
}

Token Lexer::word_or_prefixed(std::size_t begin) {
    const char first = text_[begin];
    const char second = peek(begin + 1);
    if (second == '\'') {
        if (first == 'e' || first == 'E') return string(begin, begin + 1, StringMode::escaped);
        if (std::string_view("bBxXnN").find(first) != std::string_view::npos) {
            return string(begin, begin + 1, StringMode::plain);
        }
    }
    if ((first == 'u' || first == 'U') && second == '&') {
        if (peek(begin + 2) == '\'') return string(begin, begin + 2, StringMode::plain);
        if (peek(begin + 2) == '"') return quoted_identifier(begin, begin + 2);
    }
    while (at_ < text_.size() && is_identifier_part(text_[at_])) ++at_;
    return finish(TokenKind::word, begin);
}

Token Lexer::number(std::size_t begin) {
    // Letters that follow (0x1F, 1_000 of 16 and later) become a word of their own: before 15, `1END` was two tokens.
    while (is_digit(peek(at_))) ++at_;
    if (peek(at_) == '.' && peek(at_ + 1) != '.') {
        ++at_;
        while (is_digit(peek(at_))) ++at_;
    }
    return finish(TokenKind::number, begin);
}

Token Lexer::operators(std::size_t begin) {
    while (at_ < text_.size() && is_operator(text_[at_]) && !comment_starts(at_)) ++at_;
    return finish(TokenKind::symbol, begin);
}

Token Lexer::block_comment(std::size_t begin) {
    at_ += 2;
    std::size_t depth = 1;
    while (at_ < text_.size()) {
        if (text_[at_] == '*' && peek(at_ + 1) == '/') {
            at_ += 2;
            if (--depth == 0) return finish(TokenKind::block_comment, begin);
        } else if (text_[at_] == '/' && peek(at_ + 1) == '*') {
            at_ += 2;
            ++depth;
        } else {
            ++at_;
        }
    }
    return finish(TokenKind::unterminated, begin);
}

std::string lower(std::string_view text) {
    std::string folded(text);
    for (char& c : folded) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return folded;
}

bool is_word(std::string_view text, const Token& token, std::string_view lower_case) {
    if (token.kind != TokenKind::word || token.end - token.begin != lower_case.size()) return false;
    return std::equal(lower_case.begin(), lower_case.end(), text.begin() + static_cast<std::ptrdiff_t>(token.begin),
                      [](char wanted, char c) { return wanted == (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
}

std::string identifier_of(std::string_view text, const Token& token) {
    const auto written = text.substr(token.begin, token.end - token.begin);
    if (token.kind != TokenKind::quoted_identifier) return lower(written);
    const std::size_t open = written.find('"');
    std::string name;
    for (std::size_t i = open + 1; i + 1 < written.size(); ++i) {
        name.push_back(written[i]);
        if (written[i] == '"') ++i;
    }
    return name;
}

}  // namespace haetae::sql
