// SPDX-License-Identifier: Apache-2.0
// What each kind of value must look like.
#include "project/toml_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/nearest.hpp"
#include "settings/duration.hpp"

namespace haetae::project {

namespace {

std::string_view type_of(const TomlValue& value) {
    struct Name {
        std::string_view operator()(const std::string&) const { return "a text"; }
        std::string_view operator()(std::int64_t) const { return "a number"; }
        std::string_view operator()(bool) const { return "true or false"; }
        std::string_view operator()(const TomlArray&) const { return "a list"; }
        std::string_view operator()(const TomlTable&) const { return "a table"; }
        std::string_view operator()(const TomlOther&) const { return "a fraction, a date or a time"; }
    };
    return std::visit(Name{}, value.content);
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

bool is_letter_or_underscore(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

base::SourceSpan TomlReader::key_span(const TomlEntry& entry) const {
    return file_.span(entry.line, entry.column, base::count_characters(entry.key));
}

base::Error TomlReader::wrong_value(const TomlEntry& entry, std::string sentence, std::string hint) const {
    return {.code = "HT0305",
            .sentence = std::move(sentence),
            .hint = std::move(hint),
            .span = file_.span(entry.value.line, entry.value.column)};
}

base::Error TomlReader::wrong_type(const TomlEntry& entry, std::string_view wanted, std::string hint) const {
    return wrong_value(entry, fmt::format("'{}' must be {}, not {}", entry.key, wanted, type_of(entry.value)),
                       std::move(hint));
}

base::Error TomlReader::no_such_word(const TomlEntry& entry, const std::vector<std::string_view>& words) const {
    return wrong_value(entry, fmt::format("'{}' has an unknown value", entry.key),
                       fmt::format("write one of: {}", fmt::join(words, ", ")));
}

base::Status TomlReader::read(const TomlTable& table, std::string_view title, const std::vector<Field>& fields) const {
    for (const auto& entry : table) {
        const auto field =
            std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == entry.key; });
        if (field != fields.end()) {
            TRY(field->take(entry));
            continue;
        }
        std::vector<std::string_view> names(fields.size());
        std::transform(fields.begin(), fields.end(), names.begin(), [](const Field& f) { return f.name; });
        const auto near = base::nearest(entry.key, names);
        return base::Error{.code = "HT0304",
                           .sentence = fmt::format("unknown key '{}' in {}", entry.key, title),
                           .hint = near ? fmt::format("did you mean '{}'?", *near)
                                        : fmt::format("the keys here are: {}", fmt::join(names, ", ")),
                           .span = key_span(entry)};
    }
    return base::Done{};
}

base::Result<std::string> TomlReader::text(const TomlEntry& entry) const {
    const auto* content = std::get_if<std::string>(&entry.value.content);
    if (content == nullptr) return wrong_type(entry, "a text", fmt::format("write {} = \"…\"", entry.key));
    if (content->empty()) {
        return wrong_value(entry, fmt::format("'{}' is empty", entry.key), "write a value, or remove the key");
    }
    if (std::any_of(content->begin(), content->end(), is_control)) {
        return wrong_value(entry, fmt::format("'{}' holds a line break or another control character", entry.key),
                           "write it on one line");
    }
    return *content;
}

base::Result<bool> TomlReader::boolean(const TomlEntry& entry) const {
    if (const auto* content = std::get_if<bool>(&entry.value.content)) return *content;
    return wrong_type(entry, "true or false", fmt::format("write {} = true, without quotes", entry.key));
}

base::Result<int> TomlReader::number(const TomlEntry& entry, int min, int max) const {
    const auto* content = std::get_if<std::int64_t>(&entry.value.content);
    if (content == nullptr) {
        return wrong_type(entry, "a whole number", fmt::format("write {} = {}, without quotes", entry.key, max));
    }
    if (*content < min || *content > max) {
        return wrong_value(entry, fmt::format("'{}' must lie between {} and {}", entry.key, min, max), "");
    }
    return static_cast<int>(*content);
}

base::Result<std::chrono::milliseconds> TomlReader::duration(const TomlEntry& entry) const {
    if (const auto* number = std::get_if<std::int64_t>(&entry.value.content)) {
        if (*number == 0) return std::chrono::milliseconds(0);
        return wrong_type(
            entry, "a duration",
            fmt::format("a number alone does not say whether it means seconds or milliseconds: write {} = "
                        "\"{}s\" or \"{}ms\"",
                        entry.key, *number, *number));
    }
    if (!std::holds_alternative<std::string>(entry.value.content)) {
        return wrong_type(entry, "a duration", fmt::format("write {} = \"3s\"", entry.key));
    }
    auto duration = settings::parse_duration(TRY(text(entry)));
    if (duration.ok()) return duration;
    return wrong_value(entry, fmt::format("'{}': {}", entry.key, duration.error().sentence), duration.error().hint);
}

base::Result<std::vector<std::string>> TomlReader::texts(const TomlEntry& entry) const {
    const auto* elements = std::get_if<TomlArray>(&entry.value.content);
    if (elements == nullptr) return wrong_type(entry, "a list of texts", fmt::format("write {} = [\"…\"]", entry.key));
    std::vector<std::string> out;
    for (const auto& element : *elements) {
        const TomlEntry one{.key = entry.key, .line = entry.line, .column = entry.column, .value = element};
        if (!std::holds_alternative<std::string>(element.content)) {
            return wrong_type(one, "a list of texts", fmt::format("write {} = [\"…\"]", entry.key));
        }
        out.push_back(TRY(text(one)));
    }
    return out;
}

base::Result<TomlTable> TomlReader::table(const TomlEntry& entry) const {
    if (const auto* content = std::get_if<TomlTable>(&entry.value.content)) return *content;
    return wrong_type(entry, "a table", "");
}

base::Result<std::string> TomlReader::identifier(const TomlEntry& entry) const {
    constexpr std::size_t bytes_max = 63;  // NAMEDATALEN - 1: PostgreSQL would cut the rest off silently
    auto name = TRY(text(entry));
    if (name.size() <= bytes_max) return name;
    return wrong_value(entry,
                       fmt::format("'{}' is longer than 63 bytes, the most PostgreSQL takes for a name", entry.key),
                       "choose a shorter name");
}

base::Result<std::string> TomlReader::schema_name(const TomlEntry& entry) const {
    auto name = TRY(identifier(entry));
    if (!name.starts_with("pg_") && name != "information_schema") return name;
    return wrong_value(entry, fmt::format("'{}' is a schema that PostgreSQL keeps for itself", name),
                       "choose a name that does not begin with pg_");
}

base::Result<std::string> TomlReader::variable_name(const TomlEntry& entry) const {
    auto name = TRY(text(entry));
    const bool sound = is_letter_or_underscore(name.front()) && std::all_of(name.begin(), name.end(), [](char c) {
                           return is_letter_or_underscore(c) || is_digit(c);
                       });
    if (sound) return name;
    return wrong_value(entry, fmt::format("'{}' must be the name of an environment variable", entry.key),
                       "write the variable's name, such as DATABASE_URL, not its value");
}

base::Result<std::string> TomlReader::inner_path(const TomlEntry& entry) const {
    const std::filesystem::path path(TRY(text(entry)));
    if (path.is_absolute()) {
        return wrong_value(entry, fmt::format("'{}' must be a path below the project's folder", entry.key),
                           "write it relative to the folder of haetae.toml");
    }
    if (std::find(path.begin(), path.end(), "..") != path.end()) {
        return wrong_value(entry, fmt::format("'{}' leads out of the project's folder", entry.key), "leave out '..'");
    }
    auto plain = path.lexically_normal().string();
    if (plain.size() > 1 && plain.ends_with('/')) plain.pop_back();
    return plain;
}

base::Result<std::string> TomlReader::rule_name(const TomlEntry& entry, const std::string& name) const {
    const bool sound =
        !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
        std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-'; });
    if (sound) return name;
    return wrong_value(entry, fmt::format("'{}' is not the name of a rule", name),
                       "rules are written in small letters with hyphens: prefer-text");
}

}  // namespace haetae::project
