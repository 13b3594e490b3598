// SPDX-License-Identifier: Apache-2.0
// A walk over the tokens. What ends a statement is a semicolon outside parentheses and outside the body of a function
// in SQL-standard form; psql finds that body with a similar heuristic (its psqlscan.l), ours also knows that END and
// CASE after AS or a dot are names.
#include "sql/splitter.hpp"

#include <algorithm>
#include <optional>

#include "base/source_span.hpp"
#include "sql/lexer.hpp"

namespace haetae::sql {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

class Splitter {
 public:
    Splitter(std::string_view text, std::string_view file, bool (*is_boundary)(std::string_view))
        : text_(text), file_(file), is_boundary_(is_boundary) {}

    base::Result<Scan> run();

 private:
    base::Status take_comment(const Token& token);
    base::Status take_token(const Token& token);
    void take_symbol(const Token& token);
    void take_word(const Token& token);
    base::Status close_statement();
    [[nodiscard]] base::Error error(std::string code, std::string sentence, std::string hint, std::size_t at,
                                    std::size_t length) const;
    [[nodiscard]] base::Error unterminated(const Token& token) const;
    [[nodiscard]] base::Error unreadable(const Token& token) const;
    [[nodiscard]] std::size_t line_of(std::size_t offset);
    [[nodiscard]] bool word_is(const Token& token, std::string_view lower_case) const {
        return is_word(text_, token, lower_case);
    }

    std::string_view text_;
    std::string_view file_;
    bool (*is_boundary_)(std::string_view);
    Scan scan_{};

    std::optional<StatementSpan> statement_{};  // absent between statements
    std::size_t words_ = 0;                     // tokens of the statement so far
    bool creates_ = false;                      // it starts with CREATE [OR REPLACE] FUNCTION or PROCEDURE
    bool copies_ = false;                       // it starts with COPY
    Token previous_{};
    std::vector<std::size_t> parentheses_{};  // places of the open ones
    std::vector<std::size_t> blocks_{};       // places of open BEGIN ATOMIC and of CASE inside them

    std::size_t line_ = 1;  // line_of counts on from here
    std::size_t line_counted_to_ = 0;
};

std::size_t Splitter::line_of(std::size_t offset) {
    const auto from = text_.begin() + static_cast<std::ptrdiff_t>(line_counted_to_);
    const auto to = text_.begin() + static_cast<std::ptrdiff_t>(offset);
    line_ += static_cast<std::size_t>(std::count(from, to, '\n'));
    line_counted_to_ = offset;
    return line_;
}

base::Error Splitter::error(std::string code, std::string sentence, std::string hint, std::size_t at,
                            std::size_t length) const {
    return {.code = std::move(code),
            .sentence = std::move(sentence),
            .hint = std::move(hint),
            .span = base::span_at(file_, text_, at, length)};
}

base::Error Splitter::unterminated(const Token& token) const {
    const char first = text_[token.begin];
    if (first == '/') {
        return error("HT0218", "this comment is never closed",
                     "close it with */; comments nest, so each /* inside needs its own", token.begin, 2);
    }
    if (first == '$') {
        const std::size_t tag = text_.find('$', token.begin + 1) + 1 - token.begin;
        const std::string delimiter(text_.substr(token.begin, tag));
        return error("HT0218", "this dollar quote is never closed", "close it with " + delimiter, token.begin, tag);
    }
    const bool is_name = first == '"' || text_.substr(token.begin + 1, 2) == "&\"";
    if (is_name) {
        return error("HT0218", "this quoted identifier is never closed",
                     "close it with a double quote; one inside is written \"\"", token.begin, 1);
    }
    return error("HT0218", "this string is never closed", "close it with a single quote; one inside is written ''",
                 token.begin, 1);
}

base::Error Splitter::unreadable(const Token& token) const {
    if (token.kind == TokenKind::backslash) {
        std::size_t end = token.begin + 1;
        while (end < text_.size() && !is_blank(text_[end])) ++end;
        return error("HT0217",
                     "psql commands cannot be used in a revision: " +
                         std::string(text_.substr(token.begin, std::min<std::size_t>(end - token.begin, 40))),
                     "haetae sends SQL to the server itself; write what the command does as SQL, or leave it out",
                     token.begin, end - token.begin);
    }
    return error("HT0216", "COPY … FROM STDIN cannot be used in a revision",
                 "write the rows as INSERT … VALUES, or load bulk data outside of migrations", token.begin,
                 token.end - token.begin);
}

base::Status Splitter::take_comment(const Token& token) {
    if (token.kind != TokenKind::line_comment) return base::Done{};
    const auto is_line_end = [&](std::size_t at) { return text_[at] == '\n' || text_[at] == '\r'; };
    std::size_t line_begin = token.begin;
    while (line_begin > 0 && !is_line_end(line_begin - 1) && is_blank(text_[line_begin - 1])) --line_begin;
    const bool after_mark = line_begin == byte_order_mark.size() && text_.starts_with(byte_order_mark);
    if (line_begin > 0 && !is_line_end(line_begin - 1) && !after_mark) return base::Done{};
    const bool indented = line_begin != token.begin;
    const auto comment = text_.substr(token.begin, token.end - token.begin);
    if (!indented && is_boundary_ != nullptr && is_boundary_(comment)) TRY(close_statement());
    scan_.line_comments.push_back({token.begin, token.end, line_of(token.begin), indented});
    return base::Done{};
}

void Splitter::take_symbol(const Token& token) {
    const char c = text_[token.begin];
    if (c == '(') parentheses_.push_back(token.begin);
    if (c == ')' && !parentheses_.empty()) parentheses_.pop_back();
}

void Splitter::take_word(const Token& token) {
    if (words_ == 1) copies_ = word_is(token, "copy");
    if (words_ <= 4 && (word_is(token, "function") || word_is(token, "procedure"))) creates_ = true;
    if (words_ == 1 && !word_is(token, "create")) words_ = 5;  // not one that may hold a body
    if (!creates_ || !parentheses_.empty()) return;
    if (word_is(token, "atomic") && word_is(previous_, "begin")) {
        blocks_.push_back(previous_.begin);
        return;
    }
    if (blocks_.empty()) return;
    const bool is_name =
        word_is(previous_, "as") || (previous_.kind == TokenKind::symbol && text_[previous_.begin] == '.');
    if (is_name) return;
    if (word_is(token, "case")) blocks_.push_back(token.begin);
    if (word_is(token, "end")) blocks_.pop_back();
}

base::Status Splitter::take_token(const Token& token) {
    if (!statement_) {
        statement_ = StatementSpan{token.begin, token.end, line_of(token.begin)};
        words_ = 0;
        creates_ = copies_ = false;
        previous_ = {};
    }
    statement_->end = token.end;
    ++words_;
    if (token.kind == TokenKind::word) take_word(token);
    if (token.kind == TokenKind::symbol) take_symbol(token);
    if (copies_ && parentheses_.empty() && word_is(token, "stdin") && word_is(previous_, "from")) {
        return unreadable({TokenKind::word, statement_->begin, token.end});
    }
    previous_ = token;
    return base::Done{};
}

base::Status Splitter::close_statement() {
    if (!parentheses_.empty()) {
        return error("HT0218", "this parenthesis is never closed", "add the missing )", parentheses_.back(), 1);
    }
    if (!blocks_.empty()) {
        const bool is_case = text_[blocks_.back()] == 'c' || text_[blocks_.back()] == 'C';
        return error("HT0218", is_case ? "this CASE has no END" : "this BEGIN ATOMIC has no END", "add the missing END",
                     blocks_.back(), is_case ? 4 : 5);
    }
    if (statement_) scan_.statements.push_back(*statement_);
    statement_.reset();
    return base::Done{};
}

base::Result<Scan> Splitter::run() {
    std::size_t bad = 0;
    if (!base::is_utf8(text_, bad)) {
        return error("HT0200", "the text is not UTF-8", "save the file as UTF-8", bad, 1);
    }
    bad = text_.find('\0');
    if (bad != std::string_view::npos) {
        return error("HT0200", "the text holds a NUL byte",
                     "PostgreSQL takes none; remove it (is this an UTF-16 file?)", bad, 1);
    }
    Lexer lexer(text_, text_.starts_with(byte_order_mark) ? byte_order_mark.size() : 0);
    for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
        switch (token.kind) {
            case TokenKind::line_comment:
            case TokenKind::block_comment:
                TRY(take_comment(token));
                break;
            case TokenKind::backslash:
                return unreadable(token);
            case TokenKind::unterminated:
                return unterminated(token);
            case TokenKind::symbol:
                if (text_[token.begin] == ';' && parentheses_.empty() && blocks_.empty()) {
                    TRY(close_statement());
                    break;
                }
                TRY(take_token(token));
                break;
            case TokenKind::word:
                if (text_.substr(token.begin).starts_with(byte_order_mark)) {
                    return error("HT0200", "a byte order mark stands in the middle of the text",
                                 "remove this invisible character (U+FEFF); joined files bring it", token.begin, 3);
                }
                TRY(take_token(token));
                break;
            case TokenKind::quoted_identifier:
            case TokenKind::string:
            case TokenKind::dollar_string:
            case TokenKind::number:
            case TokenKind::parameter:
            case TokenKind::stray:
            case TokenKind::end:
                TRY(take_token(token));
                break;
        }
    }
    TRY(close_statement());
    return std::move(scan_);
}

}  // namespace

base::Result<Scan> scan(std::string_view text, std::string_view file, bool (*is_boundary)(std::string_view comment)) {
    return Splitter(text, file, is_boundary).run();
}

std::string canonical_text(std::string_view statement) {
    std::string canonical;
    canonical.reserve(statement.size());
    Lexer lexer(statement);
    for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
        if (token.kind == TokenKind::line_comment || token.kind == TokenKind::block_comment) continue;
        if (!canonical.empty()) canonical.push_back(' ');
        canonical.append(statement.substr(token.begin, token.end - token.begin));
    }
    return canonical;
}

}  // namespace haetae::sql
