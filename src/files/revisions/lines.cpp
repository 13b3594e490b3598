// SPDX-License-Identifier: Apache-2.0
// Line by line; the header needs no SQL scanner, for nothing but comments and blank lines can stand in it.
#include "revisions/lines.hpp"

#include <algorithm>

namespace haetae::revisions {

namespace {

constexpr std::string_view blanks = " \t\r\n\f\v";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return text.substr(text.size());
    return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> pieces;
    while (true) {
        const std::size_t end = text.find(separator);
        pieces.push_back(trimmed(text.substr(0, end)));
        if (end == std::string_view::npos) return pieces;
        text.remove_prefix(end + 1);
    }
}

bool is_marker(std::string_view comment) {
    comment.remove_prefix(std::min<std::size_t>(2, comment.size()));
    return trimmed(comment).starts_with("migrate:");
}

HeaderLines header_lines(std::string_view text) {
    HeaderLines header;
    std::size_t at = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    while (at < text.size()) {
        // A lone CR ends a comment for PostgreSQL too.
        const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
        const auto line = trimmed(text.substr(at, end - at));
        at = end + 1;
        if (line.empty()) continue;
        if (!line.starts_with("--") || is_marker(line)) {
            header.is_complete = end < text.size();
            break;
        }
        const auto said = trimmed(line.substr(2));
        header.lines.push_back({said, static_cast<std::size_t>(said.data() - text.data())});
    }
    return header;
}

}  // namespace haetae::revisions
