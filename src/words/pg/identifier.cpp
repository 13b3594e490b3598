// SPDX-License-Identifier: Apache-2.0
// Quoting, by the rules of the manual's 4.1.1 and 4.1.2.
#include "pg/identifier.hpp"

#include "base/bug.hpp"

namespace haetae::pg {

namespace {

std::string doubled(std::string_view text, char quote_mark, bool and_backslashes) {
    std::string out;
    out.reserve(text.size() + 2);
    out.push_back(quote_mark);
    for (const char c : text) {
        if (c == quote_mark || (and_backslashes && c == '\\')) out.push_back(c);
        out.push_back(c);
    }
    out.push_back(quote_mark);
    return out;
}

}  // namespace

std::string quote(std::string_view name) {
    BUG_IF(name.find('\0') != std::string_view::npos, "an identifier holds a NUL byte");
    return doubled(name, '"', false);
}

std::string quote(std::string_view schema, std::string_view name) {
    return quote(schema) + "." + quote(name);
}

std::string literal(std::string_view text) {
    BUG_IF(text.find('\0') != std::string_view::npos, "a literal holds a NUL byte");
    const bool has_backslash = text.find('\\') != std::string_view::npos;
    return (has_backslash ? "E" : "") + doubled(text, '\'', has_backslash);
}

}  // namespace haetae::pg
