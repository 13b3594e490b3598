// SPDX-License-Identifier: Apache-2.0
// PostgreSQL's lexical rules (manual 4.1, its scan.l of 13 to 18 with standard_conforming_strings on), token by token
// and in constant memory. libpg_query's own scanner is not used for this: it stops at the first wrong token without
// saying where that began, and needs 3 s and 530 MB for a file of 16 MB. Tests and a fuzzer hold the two together.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace haetae::sql {

enum class TokenKind {
    word,               ///< keyword or unquoted identifier
    quoted_identifier,  ///< "…", U&"…"
    string,  ///< '…', E'…', U&'…', N'…', B'…', X'…'; a continuation on a later line is a token of its own
    dollar_string,  ///< $tag$…$tag$
    number,
    parameter,      ///< $1
    symbol,         ///< one of ( ) [ ] , ; : . $ or a run of operator characters
    line_comment,   ///< `-- …` without the line end
    block_comment,  ///< `/* … */`, nested ones inside
    backslash,      ///< starts a psql command; no SQL has one outside quotes
    stray,          ///< one byte that PostgreSQL's scanner has no rule for (a NUL, a control character, `{`)
    unterminated,   ///< a string, identifier, dollar quote or block comment that reaches the end of the text
    end,
};

struct Token {
    TokenKind kind = TokenKind::end;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool operator==(const Token&) const = default;
};

/// Reads tokens of a text that must outlive it. Never fails and never recurses: what cannot be read comes as a token
/// of kind `stray` or `unterminated`.
class Lexer {
 public:
    explicit Lexer(std::string_view text, std::size_t begin = 0) : text_(text), at_(begin) {}

    /// The next token, comments included; kind `end` at the end, for ever.
    Token next();

 private:
    enum class StringMode { plain, escaped };

    Token finish(TokenKind kind, std::size_t begin);
    Token string(std::size_t begin, std::size_t quote_at, StringMode mode);
    Token quoted_identifier(std::size_t begin, std::size_t quote_at);
    Token dollar(std::size_t begin);
    Token word_or_prefixed(std::size_t begin);
    Token number(std::size_t begin);
    Token operators(std::size_t begin);
    Token block_comment(std::size_t begin);
    [[nodiscard]] char peek(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
    [[nodiscard]] bool comment_starts(std::size_t at) const;

    std::string_view text_;
    std::size_t at_;
    bool after_string_ = false;   ///< only blanks and line comments since a string
    bool newline_since_ = false;  ///< and a line end among them: the next quote continues that string
    StringMode last_mode_ = StringMode::plain;
};

[[nodiscard]] bool is_blank(char c);

/// True when `token` is the keyword `lower_case` (unquoted, any case).
bool is_word(std::string_view text, const Token& token, std::string_view lower_case);

/// `text` in ASCII lower case, as PostgreSQL folds unquoted identifiers.
std::string lower(std::string_view text);

/// The name that a word or quoted identifier stands for: folded, or unquoted ("" doubled inside). U&"…" is given with
/// its escapes as written.
std::string identifier_of(std::string_view text, const Token& token);

}  // namespace haetae::sql
