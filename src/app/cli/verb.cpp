// SPDX-License-Identifier: Apache-2.0
// What was given on a command line, and the options that every verb takes.
#include "cli/verb.hpp"

#include <algorithm>

namespace haetae::cli {

std::optional<std::string> Given::value(std::string_view name) const {
    const auto found = options.find(name);
    if (found == options.end() || found->second.empty()) return std::nullopt;
    return found->second.back();
}

std::vector<std::string> Given::values(std::string_view name) const {
    const auto found = options.find(name);
    return found == options.end() ? std::vector<std::string>{} : found->second;
}

std::optional<std::string> Given::argument(std::size_t index) const {
    if (index >= arguments.size()) return std::nullopt;
    return arguments[index];
}

std::span<const Option> common_options() {
    using Kind = Option::Kind;
    static const Option options[] = {
        {"--directory", 'C', Kind::value, "DIR", "work as if started in DIR"},
        {"--domain", 'd', Kind::repeated, "DOMAIN", "only this domain; may be given several times"},
        {"--env", 'e', Kind::value, "ENV", "the environment of haetae.toml that is meant (default: local)"},
        {"--url", 0, Kind::value, "URL", "the database; env:NAME takes the URL from a variable"},
        {"--format", 0, Kind::value, "text|json", "how the result is written (default: text)"},
        {"--quiet", 'q', Kind::flag, "", "say only warnings and errors on standard error"},
        {"--verbose", 'v', Kind::flag, "", "say more"},
        {"--no-color", 0, Kind::flag, "", "no colour, also where standard error is a terminal"},
        {"--help", 'h', Kind::flag, "", "show this help"},
    };
    return options;
}

std::vector<Option> options_of(const Verb& verb) {
    std::vector<Option> all = verb.options;
    for (const Option& common : common_options()) {
        const bool replaced = std::any_of(verb.options.begin(), verb.options.end(),
                                          [&](const Option& own) { return own.name == common.name; });
        if (!replaced) all.push_back(common);
    }
    return all;
}

std::vector<std::string_view> choices_of(std::string_view value_name) {
    const bool closed = value_name.find('|') != std::string_view::npos &&
                        std::none_of(value_name.begin(), value_name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    std::vector<std::string_view> choices;
    while (closed && !value_name.empty()) {
        const auto bar = std::min(value_name.find('|'), value_name.size());
        choices.push_back(value_name.substr(0, bar));
        value_name.remove_prefix(std::min(bar + 1, value_name.size()));
    }
    return choices;
}

}  // namespace haetae::cli
