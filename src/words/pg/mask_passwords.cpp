// SPDX-License-Identifier: Apache-2.0
// Hiding passwords in texts that others made: server messages, statements, output of child processes. Three passes, one
// for each shape a password has: in a URL, after a name (key=value, JSON), and as SQL's PASSWORD '…'.
#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "pg/connection_url.hpp"

namespace haetae::pg {

namespace {

constexpr std::string_view hidden = "***";
constexpr auto npos = std::string_view::npos;

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool is_word(char c) {
    return (std::isalnum(static_cast<unsigned char>(c)) != 0) || c == '_';
}

std::size_t find_blank(std::string_view text, std::size_t from) {
    while (from < text.size() && !is_blank(text[from])) ++from;
    return from;
}

std::size_t skip_blanks(std::string_view text, std::size_t from) {
    while (from < text.size() && is_blank(text[from])) ++from;
    return from;
}

/// Where the password of the URL whose authority begins at `begin` stands: [begin, end), empty when it has none.
struct Range {
    std::size_t begin;
    std::size_t end;
};

Range password_in_url(std::string_view text, std::size_t begin) {
    const std::size_t word_end = find_blank(text, begin);
    const auto colon = text.substr(begin, word_end - begin).find_first_of(":@");
    if (colon == npos || text[begin + colon] == '@') return {begin, begin};
    const std::size_t password = begin + colon + 1;
    // The last '@' of the word, not the first: the password itself may hold one.
    const auto at = text.substr(password, word_end - password).rfind('@');
    if (at != npos) return {password, password + at};
    if (text.substr(begin, colon).find('/') != npos) return {begin, begin};  // a colon in the path: https://host/a:b
    std::size_t port_end = password;
    while (port_end < word_end && std::isdigit(static_cast<unsigned char>(text[port_end])) != 0) ++port_end;
    const bool is_port = port_end == word_end || text.substr(port_end, 1).find_first_of("/?,\"')];>") != npos;
    if (is_port) return {password, password};
    // Neither port nor '@': the password goes on after a blank, or the '@' was forgotten.
    const std::size_t line_end = std::min(text.find('\n', word_end), text.size());
    const auto later_at = text.substr(word_end, line_end - word_end).rfind('@');
    return {password, later_at == npos ? word_end : word_end + later_at};
}

std::string mask_urls(std::string_view text) {
    std::string out;
    std::size_t copied = 0;
    std::size_t at = 0;
    while ((at = text.find("://", at)) != npos) {
        at += 3;
        if (at < copied) continue;
        const auto [begin, end] = password_in_url(text, at);
        if (begin == end) continue;
        out += text.substr(copied, begin - copied);
        out += hidden;
        copied = end;
        at = end;
    }
    out += text.substr(copied);
    return out;
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

/// The end of the next name of a secret at or after `from`; npos when there is none.
std::size_t next_secret_name(std::string_view lower_text, std::size_t from) {
    constexpr std::array names{
        std::string_view("password"),      std::string_view("passwd"),           std::string_view("pwd"),
        std::string_view("client_secret"), std::string_view("scram_client_key"), std::string_view("scram_server_key")};
    for (std::size_t end = from + 1; end <= lower_text.size(); ++end) {
        if (!is_word(lower_text[end - 1]) || (end < lower_text.size() && is_word(lower_text[end]))) continue;
        const auto before = lower_text.substr(0, end);
        if (std::any_of(names.begin(), names.end(), [&](std::string_view name) { return before.ends_with(name); })) {
            return end;
        }
    }
    return npos;
}

/// The end of a quoted text that opens at `open`: its closing quote, or the end of the text.
std::size_t closing_quote(std::string_view text, std::size_t open, bool backslashes) {
    const char quote = text[open];
    for (std::size_t i = open + 1; i < text.size(); ++i) {
        if (backslashes && text[i] == '\\') {
            ++i;
        } else if (text[i] == quote) {
            if (i + 1 < text.size() && text[i + 1] == quote) {
                ++i;
            } else {
                return i;
            }
        }
    }
    return text.size();
}

/// The value after a `=` or `:`, from `begin` on.
Range value_range(std::string_view text, std::size_t begin) {
    if (begin < text.size() && (text[begin] == '\'' || text[begin] == '"')) {
        return {begin + 1, closing_quote(text, begin, true)};
    }
    std::size_t end = begin;
    while (end < text.size() && !is_blank(text[end])) end += text[end] == '\\' ? 2 : 1;
    end = std::min(end, text.size());
    // In a URL the next parameter follows; in key=value, & is a letter like others.
    std::size_t word_begin = begin;
    while (word_begin > 0 && !is_blank(text[word_begin - 1])) --word_begin;
    if (text.substr(word_begin, begin - word_begin).find("://") != npos) {
        end = std::min(end, text.find('&', begin));
    }
    // What closes the text around it stays: …password=***').
    while (end > begin && std::string_view("'\");,").find(text[end - 1]) != npos) --end;
    return {begin, end};
}

std::string mask_named_values(std::string_view text) {
    const std::string lower_text = lower(text);
    std::string out;
    std::size_t copied = 0;
    std::size_t at = 0;
    while ((at = next_secret_name(lower_text, at)) != npos) {
        std::size_t sign = at;
        if (sign < text.size() && (text[sign] == '"' || text[sign] == '\'')) ++sign;  // the name in JSON is quoted
        sign = skip_blanks(text, sign);
        if (sign >= text.size() || (text[sign] != '=' && text[sign] != ':')) continue;
        const auto [begin, end] = value_range(text, skip_blanks(text, sign + 1));
        if (begin == end) continue;
        out += text.substr(copied, begin - copied);
        out += hidden;
        copied = end;
        at = end;
    }
    out += text.substr(copied);
    return out;
}

/// Blanks and comments, as SQL has them between two words.
std::size_t skip_sql_blanks(std::string_view text, std::size_t from) {
    while (true) {
        from = skip_blanks(text, from);
        if (text.substr(from, 2) == "--") {
            from = std::min(text.find('\n', from), text.size());
        } else if (text.substr(from, 2) == "/*") {
            const auto end = text.find("*/", from + 2);
            from = end == npos ? text.size() : end + 2;
        } else {
            return from;
        }
    }
}

/// The string constant at `at`: '…', E'…', U&'…', $tag$…$tag$; empty when there is none.
Range sql_literal(std::string_view text, std::size_t at) {
    std::size_t quote = at;
    bool backslashes = false;
    if (text.substr(at, 2) == "E'" || text.substr(at, 2) == "e'") {
        backslashes = true;
        quote = at + 1;
    } else if (text.substr(at, 3) == "U&'" || text.substr(at, 3) == "u&'") {
        quote = at + 2;
    }
    if (quote < text.size() && text[quote] == '\'') {
        std::size_t end = closing_quote(text, quote, backslashes);
        // Constants that only a line break divides are one (manual, 4.1.2.1).
        for (std::size_t next = skip_blanks(text, std::min(end + 1, text.size()));
             next < text.size() && text[next] == '\'' && text.substr(end, next - end).find('\n') != npos;
             next = skip_blanks(text, std::min(end + 1, text.size()))) {
            end = closing_quote(text, next, backslashes);
        }
        return {quote + 1, end};
    }
    if (at < text.size() && text[at] == '$') {
        std::size_t tag_end = at + 1;
        while (tag_end < text.size() && is_word(text[tag_end])) ++tag_end;
        if (tag_end < text.size() && text[tag_end] == '$') {
            const auto tag = text.substr(at, tag_end + 1 - at);
            return {tag_end + 1, std::min(text.find(tag, tag_end + 1), text.size())};
        }
    }
    return {at, at};
}

std::string mask_sql(std::string_view text) {
    const std::string lower_text = lower(text);
    std::string out;
    std::size_t copied = 0;
    std::size_t at = 0;
    while ((at = next_secret_name(lower_text, at)) != npos) {
        const auto [begin, end] = sql_literal(text, skip_sql_blanks(text, at));
        if (begin == end) continue;
        out += text.substr(copied, begin - copied);
        out += hidden;
        copied = end;
        at = end;
    }
    out += text.substr(copied);
    return out;
}

}  // namespace

std::string mask_passwords(std::string_view text) {
    return mask_sql(mask_named_values(mask_urls(text)));
}

}  // namespace haetae::pg
