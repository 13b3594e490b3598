// SPDX-License-Identifier: Apache-2.0
// Cells into values. Arrays by the manual's 8.15.6: elements in double quotes where needed, backslash before a quote.
#include "catalog/answer.hpp"

#include <algorithm>
#include <charconv>

#include "base/bug.hpp"
#include "catalog/acl.hpp"
#include "model/canonical.hpp"

namespace haetae::catalog {

namespace {

template <typename Number>
Number parse(const std::string& text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    BUG_IF(error != std::errc{} || end != text.data() + text.size(), "a catalog query gave no number where it should");
    return number;
}

}  // namespace

bool Answer::next() {
    column_ = 0;
    return ++behind_ <= rows_.size();
}

const std::string& Answer::text() {
    return rows_.text(behind_ - 1, column_++);
}

Oid Answer::oid() {
    const auto& cell = text();
    return cell.empty() ? 0 : parse<Oid>(cell);
}

std::int64_t Answer::number() {
    return parse<std::int64_t>(text());
}

std::optional<int> Answer::optional_number() {
    const auto& cell = text();
    return cell.empty() ? std::nullopt : std::optional(parse<int>(cell));
}

model::QualifiedName Answer::name() {
    auto schema = text();
    return {.schema = std::move(schema), .name = text()};
}

std::string Answer::printed() {
    return model::canonical(text());
}

std::string Answer::definition() {
    if (rows_.is_null(behind_ - 1, column_)) *torn_ = true;
    return printed();
}

std::vector<std::string> Answer::list() {
    return array_elements(text());
}

std::vector<model::Option> Answer::settings() {
    std::vector<model::Option> settings;
    for (auto& element : list()) {
        const auto equals = element.find('=');
        BUG_IF(equals == std::string::npos, "a setting in a catalog has no '='");
        settings.push_back({.name = element.substr(0, equals), .value = element.substr(equals + 1)});
    }
    return settings;
}

std::vector<model::Option> Answer::options() {
    auto options = settings();
    std::sort(options.begin(), options.end());
    return options;
}

model::Privileges Answer::privileges(const std::string& owner) {
    const auto acl = text();
    return catalog::privileges(acl, text(), owner);
}

std::vector<std::string> array_elements(const std::string& text) {
    std::vector<std::string> elements;
    if (text.size() <= 2) return elements;
    elements.emplace_back();
    bool quoted = false;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (text[i] == '\\') {
            elements.back().push_back(text[++i]);
        } else if (text[i] == '"') {
            quoted = !quoted;
        } else if (text[i] == ',' && !quoted) {
            elements.emplace_back();
        } else {
            elements.back().push_back(text[i]);
        }
    }
    return elements;
}

}  // namespace haetae::catalog
