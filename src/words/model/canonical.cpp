// SPDX-License-Identifier: Apache-2.0
// Only one shape is looked for: "(ARRAY[" … "])::" type "[]". Types end as format_type writes them.
#include "model/canonical.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "model/quoted.hpp"

namespace haetae::model {

namespace {

constexpr std::string_view opening = "(ARRAY[";
constexpr std::string_view no_indent = " NO INDENT";  // of XMLSERIALIZE: what 16 says where it was the default before
constexpr auto none = std::string_view::npos;

/// The words that may follow the first of a type's name: "character varying", "timestamp(3) without time zone".
bool continues_type(std::string_view word) {
    static constexpr std::array<std::string_view, 14> words{"varying", "precision", "with",  "without", "time",
                                                            "zone",    "year",      "month", "day",     "hour",
                                                            "minute",  "second",    "to",    "local"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// The place behind the type that begins at `at`, its brackets not included; npos where there is none.
std::size_t behind_type(std::string_view text, std::size_t at) {
    auto end = behind_word(text, at);
    if (end == at) return none;
    while (end < text.size() && text[end] == '.') end = behind_word(text, end + 1);
    while (end < text.size()) {
        if (text[end] == '(') {
            const auto close = closing_bracket(text, end);
            if (close == none) return none;
            end = close + 1;
            continue;
        }
        const auto word_end = text[end] == ' ' ? behind_word(text, end + 1) : end;
        if (word_end == end || !continues_type(text.substr(end + 1, word_end - end - 1))) break;
        end = word_end;
    }
    return end;
}

std::vector<std::string_view> elements(std::string_view list) {
    std::vector<std::string_view> out;
    std::size_t depth = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < list.size(); i = behind_token(list, i)) {
        if (list[i] == '(' || list[i] == '[') ++depth;
        if (list[i] == ')' || list[i] == ']') --depth;
        if (list[i] == ',' && depth == 0) {
            out.push_back(list.substr(begin, i - begin));
            begin = i + 2;  // printed with a blank behind the comma
        }
    }
    if (begin < list.size()) out.push_back(list.substr(begin));
    return out;
}

/// ARRAY[a, b] with the cast at each element; at the elements of arrays in it, too, as the parser does.
std::string cast_elements(std::string_view list, std::string_view type) {
    std::string out = "ARRAY[";
    for (const auto element : elements(list)) {
        if (out.size() > 6) out += ", ";
        if (element.starts_with("ARRAY[") && closing_bracket(element, 5) == element.size() - 1) {
            out += cast_elements(element.substr(6, element.size() - 7), type);
        } else {
            out.append("(").append(canonical(element)).append(")::").append(type);
        }
    }
    return out + "]";
}

}  // namespace

std::string canonical(std::string_view printed) {
    if (printed.find(opening) == none && printed.find(no_indent) == none) return std::string(printed);
    std::string out;
    for (std::size_t i = 0; i < printed.size();) {
        const auto next = behind_token(printed, i);
        const auto list = i + opening.size();
        // A name before the parenthesis makes it the argument of a function.
        if (printed.substr(i).starts_with(opening) && (i == 0 || !is_name_letter(printed[i - 1]))) {
            const auto close = closing_bracket(printed, list - 1);
            const auto type = close == none ? none : close + 4;
            if (close != none && printed.substr(close, 4) == "])::") {
                const auto end = behind_type(printed, type);
                if (end != none && printed.substr(end, 2) == "[]") {
                    out += cast_elements(printed.substr(list, close - list), printed.substr(type, end - type));
                    i = end + 2;
                    continue;
                }
            }
        }
        if (printed.substr(i).starts_with(no_indent)) {
            i += no_indent.size();
            continue;
        }
        out += printed.substr(i, next - i);
        i = next;
    }
    return out;
}

}  // namespace haetae::model
