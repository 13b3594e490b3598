// SPDX-License-Identifier: Apache-2.0
// Up to 15, a view's query had two hidden relations (OLD and NEW), so that each of its columns was printed with the
// name of its relation; 16 took them away, and get_variable leaves the name out where the query has one relation only.
// Queries inside brackets print the name in every version.
#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <vector>

#include "model/canonical.hpp"
#include "model/quoted.hpp"

namespace haetae::model {

namespace {

constexpr auto none = std::string_view::npos;

bool is_blank(char c) {
    return std::isspace(static_cast<unsigned char>(c)) != 0;
}

std::size_t behind_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && is_blank(text[at])) ++at;
    return at;
}

std::string_view word_at(std::string_view text, std::size_t at) {
    return text.substr(at, behind_word(text, at) - at);
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Whether the bracket at `open` holds a query: SELECT behind it, or a bracketed query that a set operation follows.
bool opens_query(std::string_view text, std::size_t open) {
    const auto inside = behind_blanks(text, open + 1);
    if (inside >= text.size()) return false;
    if (text[inside] != '(') return is_one_of(word_at(text, inside), {"SELECT", "WITH", "VALUES"});
    const auto close = closing_bracket(text, inside);
    if (close == none || !opens_query(text, inside)) return false;
    return is_one_of(word_at(text, behind_blanks(text, close + 1)),
                     {"UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT", "OFFSET", "FETCH"});
}

/// The first of `words` that stands outside brackets and quotes, at or behind `from`.
std::size_t find_word(std::string_view text, std::size_t from, std::initializer_list<std::string_view> words) {
    for (std::size_t i = from; i < text.size();) {
        if (text[i] == '(' || text[i] == '[') {
            const auto close = closing_bracket(text, i);
            if (close == none) return none;
            i = close + 1;
        } else if (is_name_letter(text[i])) {
            if (is_one_of(word_at(text, i), words)) return i;
            i = behind_word(text, i);
        } else {
            i = behind_token(text, i);
        }
    }
    return none;
}

/// The name that columns of the only relation carry; nothing where there are several.
std::optional<std::string_view> only_relation(std::string_view from_clause) {
    auto item = from_clause.substr(0, std::min(from_clause.size(), find_word(from_clause, 0, {"TABLESAMPLE"})));
    while (!item.empty() && is_blank(item.back())) item.remove_suffix(1);
    const auto begin = behind_blanks(item, 0);
    if (begin == item.size() || find_outside_brackets(item, ",") != none) return std::nullopt;
    if (item[begin] == '(' && !opens_query(item, begin)) return std::nullopt;  // (a JOIN b ON …)
    if (find_word(item, 0, {"JOIN"}) != none) return std::nullopt;
    // The last word, before a list of column names that may follow it.
    std::string_view last;
    for (std::size_t i = begin; i < item.size();) {
        const auto end = behind_word(item, i);
        if (end > i) last = item.substr(i, end - i);
        const auto close = item[i] == '(' ? closing_bracket(item, i) : none;
        i = end > i ? end : close == none ? behind_token(item, i) : close + 1;
    }
    return last;
}

/// The names that the query gives to its columns with AS.
std::vector<std::string_view> given_names(std::string_view select_list) {
    std::vector<std::string_view> names;
    for (auto at = find_word(select_list, 0, {"AS"}); at != none; at = find_word(select_list, at + 2, {"AS"})) {
        names.push_back(word_at(select_list, behind_blanks(select_list, at + 2)));
    }
    return names;
}

/// A copy of `part` without `alias.` before columns. In ORDER BY a lone column that shares its name with another column
/// of the result keeps it.
std::string shortened(std::string_view part, std::string_view alias, bool in_order_by,
                      const std::vector<std::string_view>& names) {
    std::string out;
    std::size_t depth = 0;
    for (std::size_t i = 0; i < part.size();) {
        if (part[i] == '(' && opens_query(part, i)) {
            const auto close = std::min(closing_bracket(part, i), part.size() - 1);
            out += part.substr(i, close + 1 - i);
            i = close + 1;
            continue;
        }
        auto end = behind_word(part, i);
        if (end == i) {
            if (part[i] == '(' || part[i] == '[') ++depth;
            if (part[i] == ')' || part[i] == ']') --depth;
            end = behind_token(part, i);
        } else if (part.substr(i, end - i) == alias && end + 1 < part.size() && part[end] == '.' &&
                   part[end + 1] != '*') {
            const auto column = word_at(part, end + 1);
            const auto behind = end + 1 + column.size();
            const bool is_function = behind < part.size() && part[behind] == '(';
            const bool is_other =
                out.ends_with("::") || out.ends_with(".") || out.ends_with("COLLATE ") || out.ends_with("OPERATOR(");
            const bool stands_alone = in_order_by && depth == 0;
            const bool ambiguous = stands_alone && std::find(names.begin(), names.end(), column) != names.end();
            if (!is_function && !is_other && !ambiguous) {
                out += column;
                i = behind;
                continue;
            }
        }
        out += part.substr(i, end - i);
        i = end;
    }
    return out;
}

}  // namespace

std::string without_single_alias(std::string_view query) {
    const auto select = find_word(query, 0, {"SELECT"});
    if (select == none || find_word(query, 0, {"UNION", "INTERSECT", "EXCEPT"}) != none) return std::string(query);
    const auto from = find_word(query, select, {"FROM"});
    if (from == none) return std::string(query);
    constexpr std::size_t from_length = 4;
    const auto from_end = std::min(
        query.size(), find_word(query, from + from_length,
                                {"WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR"}));
    const auto alias = only_relation(query.substr(from + from_length, from_end - from - from_length));
    if (!alias) return std::string(query);
    const auto order = std::min(query.size(), find_word(query, from_end, {"ORDER"}));
    const auto select_list = query.substr(select, from - select);
    const auto names = given_names(select_list);
    return std::string(query.substr(0, select)) + shortened(select_list, *alias, false, names) +
           std::string(query.substr(from, from_end - from)) +
           shortened(query.substr(from_end, order - from_end), *alias, false, names) +
           shortened(query.substr(order), *alias, true, names);
}

}  // namespace haetae::model
