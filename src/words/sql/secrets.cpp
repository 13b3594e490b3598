// SPDX-License-Identifier: Apache-2.0
// Tokens, not patterns: a password may hold anything, a quote or a keyword too.
#include "sql/secrets.hpp"

#include "sql/lexer.hpp"

namespace haetae::sql {

namespace {

constexpr std::string_view mask = "'***'";
constexpr int depth_max = 4;  // a DO block that executes a DO block that …

bool is_string(TokenKind kind) {
    return kind == TokenKind::string || kind == TokenKind::dollar_string || kind == TokenKind::unterminated;
}

/// True when a string that stands for itself holds a password: a URL, key=value, or SQL to be executed.
bool holds_secret(std::string_view content) {
    const std::string text = lower(content);
    const std::size_t scheme = text.find("://");
    if (scheme != std::string::npos && text.find('@', scheme) != std::string::npos) return true;
    for (std::size_t at = text.find("password"); at != std::string::npos; at = text.find("password", at + 1)) {
        std::size_t behind = at + std::string_view("password").size();
        const auto skip_blanks = [&] {
            while (behind < text.size() && is_blank(text[behind])) ++behind;
        };
        skip_blanks();
        if (behind >= text.size()) continue;
        const bool is_closing_quote = behind + 1 == text.size();  // 'wrong_password' is a word like any other
        if ((text[behind] == '\'' && !is_closing_quote) || text[behind] == '=') return true;
    }
    return false;
}

std::string masked(std::string_view sql, int depth);

/// A dollar quote with its content masked; its delimiters stay.
std::string masked_dollar_string(std::string_view quoted, bool is_closed, int depth) {
    const std::size_t delimiter = quoted.find('$', 1) + 1;
    const std::size_t end = is_closed ? quoted.size() - delimiter : quoted.size();
    return std::string(quoted.substr(0, delimiter)) + masked(quoted.substr(delimiter, end - delimiter), depth + 1) +
           std::string(quoted.substr(end));
}

std::string masked(std::string_view sql, int depth) {
    if (depth > depth_max) return holds_secret(sql) ? "***" : std::string(sql);
    std::string out;
    std::size_t copied = 0;
    bool expects_secret = false;
    Lexer lexer(sql);
    for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
        const auto written = sql.substr(token.begin, token.end - token.begin);
        out += sql.substr(copied, token.begin - copied);
        copied = token.end;
        const bool is_comment = token.kind == TokenKind::line_comment || token.kind == TokenKind::block_comment;
        if (is_string(token.kind)) {
            if (expects_secret) {
                out += mask;  // stays expected: the string may go on in the next line
            } else if (written.front() == '$') {
                out += masked_dollar_string(written, token.kind == TokenKind::dollar_string, depth);
            } else {
                out += holds_secret(written) ? mask : written;
            }
            continue;
        }
        out += is_comment && holds_secret(written) ? "/* *** */" : written;
        const bool is_equals = written == "=" && expects_secret;  // SET password = '…'
        if (is_comment || is_equals) continue;
        const bool is_name = token.kind == TokenKind::word || token.kind == TokenKind::quoted_identifier;
        const std::string name = is_name ? lower(identifier_of(sql, token)) : std::string();
        expects_secret = name == "password" || name == "sslpassword" || name == "connection";
    }
    out += sql.substr(copied);
    return out;
}

}  // namespace

std::string mask_secrets(std::string_view sql) {
    return masked(sql, 0);
}

}  // namespace haetae::sql
