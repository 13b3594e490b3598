// SPDX-License-Identifier: Apache-2.0
// Quotes only where PostgreSQL needs them, so that the text reads well.
#include "ddl/spelling.hpp"

#include <algorithm>

#include "pg/identifier.hpp"
#include "pg/keyword.hpp"

namespace haetae::ddl {

namespace {

bool is_number(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && is_digit(text.front()) && is_digit(text.back()) &&
           std::count(text.begin(), text.end(), '.') <= 1 &&
           std::all_of(text.begin(), text.end(), [&](char c) { return is_digit(c) || c == '.'; });
}

/// An option's value may be any keyword, so `on` and `true` go without quotes.
std::string option_value(const std::string& value) {
    const bool is_word = value == "on" || value == "true" || value == "false" || pg::quote_if_needed(value) == value;
    return is_number(value) || is_word ? value : pg::literal(value);
}

/// "toast.autovacuum_enabled" is a name in a name space.
std::string option_name(const std::string& name) {
    const auto dot = name.find('.');
    if (dot == std::string::npos) return pg::quote_if_needed(name);
    return pg::quote_if_needed(name.substr(0, dot), name.substr(dot + 1));
}

}  // namespace

std::string spelled(std::string_view name) {
    return pg::quote_if_needed(name);
}

std::string spelled(const model::QualifiedName& name) {
    return pg::quote_if_needed(name.schema, name.name);
}

std::string spelled(const model::RoutineName& name) {
    return pg::quote_if_needed(name.schema, name.name) + "(" + name.argument_types + ")";
}

std::string collate(const model::QualifiedName& collation) {
    return collation.empty() ? "" : " COLLATE " + spelled(collation);
}

std::string joined(std::span<const std::string> texts, std::string_view between) {
    std::string out;
    for (const auto& text : texts) {
        if (!out.empty()) out += between;
        out += text;
    }
    return out;
}

std::string listed(std::span<const std::string> parts) {
    return parts.empty() ? " ()" : " (\n    " + joined(parts, ",\n    ") + "\n)";
}

std::string spelled(std::span<const model::Option> options) {
    std::vector<std::string> texts;
    texts.reserve(options.size());
    for (const auto& [name, value] : options) texts.push_back(option_name(name) + "=" + option_value(value));
    return joined(texts, ", ");
}

std::string with_options(std::span<const model::Option> options) {
    return options.empty() ? "" : " WITH (" + spelled(options) + ")";
}

std::string dollar_quoted(std::string_view text) {
    std::string tag = "$$";
    for (int i = 0; text.find(tag.substr(0, tag.size() - 1)) != std::string_view::npos; ++i) {
        tag = i == 0 ? "$body$" : "$body" + std::to_string(i) + "$";
    }
    return tag + std::string(text) + tag;
}

}  // namespace haetae::ddl
