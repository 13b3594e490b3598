// SPDX-License-Identifier: Apache-2.0
// toml++ is built without exceptions: it gives its error back as a value.
// toml++ 3.3 asserts, or under NDEBUG assumes, what a wrong file breaks ("[!]"); its code behind the assertion reports
// the error properly, so the assertion is taken out.
#undef NDEBUG
#define TOML_ASSERT(expression) static_assert(true)
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include "project/toml.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

#include "pg/connection_url.hpp"
#include "project/toml_letters.hpp"

namespace haetae::project {

namespace {

TomlValue converted(const toml::node& node);

TomlTable converted_table(const toml::table& table) {
    TomlTable entries;
    for (const auto& [key, node] : table) {
        entries.push_back({.key = std::string(key.str()),
                           .line = key.source().begin.line,
                           .column = key.source().begin.column,
                           .value = converted(node)});
    }
    // toml++ sorts by name; messages and the order of findings follow the file.
    std::stable_sort(entries.begin(), entries.end(), [](const TomlEntry& a, const TomlEntry& b) {
        return std::pair(a.line, a.column) < std::pair(b.line, b.column);
    });
    return entries;
}

TomlValue converted(const toml::node& node) {
    TomlValue value{.content = TomlOther{}, .line = node.source().begin.line, .column = node.source().begin.column};
    if (const auto* text = node.as_string()) {
        value.content = text->get();
    } else if (const auto* number = node.as_integer()) {
        value.content = number->get();
    } else if (const auto* boolean = node.as_boolean()) {
        value.content = boolean->get();
    } else if (const auto* table = node.as_table()) {
        value.content = converted_table(*table);
    } else if (const auto* array = node.as_array()) {
        TomlArray elements;
        for (const auto& element : *array) elements.push_back(converted(element));
        value.content = std::move(elements);
    }
    return value;
}

}  // namespace

base::SourceSpan TomlFile::span(std::size_t line, std::size_t column, std::size_t length) const {
    std::string_view rest = text;
    for (std::size_t i = 1; i < line; ++i) {
        const auto line_break = rest.find('\n');
        if (line_break == std::string_view::npos) break;
        rest.remove_prefix(line_break + 1);
    }
    auto line_text = rest.substr(0, rest.find('\n'));
    if (line_text.ends_with('\r')) line_text.remove_suffix(1);
    if (line == 1 && line_text.starts_with("\xEF\xBB\xBF")) line_text.remove_prefix(3);
    return {.file = name, .line = line, .column = column, .length = length, .line_text = pg::mask_passwords(line_text)};
}

base::Result<TomlTable> parse_toml(const TomlFile& file) {
    std::size_t bad_offset = 0;
    if (!base::is_utf8(file.text, bad_offset)) {
        return base::Error{
            .code = "HT0303",
            .sentence = fmt::format("{} is not UTF-8", file.name),
            .hint = "save it as UTF-8",
            .span = base::SourceSpan{
                .file = file.name, .line = base::span_at({}, file.text, bad_offset).line, .line_text = {}}};
    }
    if (const auto stray = find_stray_letter(file.text)) {
        const auto place = base::span_at(file.name, file.text, *stray);
        return base::Error{
            .code = "HT0303",
            .sentence = fmt::format("{} is not valid TOML: a letter beyond ASCII stands outside quotes", file.name),
            .hint = "put a key with such letters into double quotes: [domain.\"계정\"]",
            .span = file.span(place.line, place.column)};
    }
    const toml::parse_result result = toml::parse(file.text, file.name);
    if (!result) {
        const auto& error = result.error();
        const auto place = error.source().begin;
        std::string sentence = pg::mask_passwords(error.description());
        while (sentence.ends_with('.')) sentence.pop_back();
        return base::Error{.code = "HT0303",
                           .sentence = fmt::format("{} is not valid TOML: {}", file.name, sentence),
                           .hint = "https://toml.io describes the format; texts stand in double quotes",
                           .span = file.span(place.line, place.column)};
    }
    return converted_table(result.table());
}

}  // namespace haetae::project
