// SPDX-License-Identifier: Apache-2.0
// A quote inside quotes is doubled, so that it reads as the end of one quoted text and the begin of the next.
#include "model/quoted.hpp"

#include <cctype>

namespace haetae::model {

std::size_t behind_token(std::string_view text, std::size_t at) {
    if (text[at] != '\'' && text[at] != '"') return at + 1;
    const auto end = text.find(text[at], at + 1);
    return end == std::string_view::npos ? text.size() : end + 1;
}

std::size_t find_outside_quotes(std::string_view text, std::string_view wanted, std::size_t from) {
    for (std::size_t i = from; i < text.size(); i = behind_token(text, i)) {
        if (text.substr(i).starts_with(wanted)) return i;
    }
    return std::string_view::npos;
}

std::size_t find_outside_brackets(std::string_view text, std::string_view wanted, std::size_t from) {
    for (std::size_t i = from; i < text.size();) {
        if (text.substr(i).starts_with(wanted)) return i;
        const auto close = text[i] == '(' || text[i] == '[' ? closing_bracket(text, i) : std::string_view::npos;
        i = close == std::string_view::npos ? behind_token(text, i) : close + 1;
    }
    return std::string_view::npos;
}

std::size_t closing_bracket(std::string_view text, std::size_t open) {
    std::size_t depth = 0;
    for (std::size_t i = open; i < text.size(); i = behind_token(text, i)) {
        if (text[i] == '(' || text[i] == '[') ++depth;
        if ((text[i] == ')' || text[i] == ']') && --depth == 0) return i;
    }
    return std::string_view::npos;
}

bool is_name_letter(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return std::isalnum(byte) != 0 || c == '_' || c == '$' || byte >= 0x80;
}

std::size_t behind_word(std::string_view text, std::size_t at) {
    if (at < text.size() && text[at] == '"') {
        while (at < text.size() && text[at] == '"') at = behind_token(text, at);
        return at;
    }
    while (at < text.size() && is_name_letter(text[at])) ++at;
    return at;
}

}  // namespace haetae::model
