// SPDX-License-Identifier: Apache-2.0
// Two columns, the left as wide as its widest entry, so that the right one lines up.
#include "cli/help.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/nearest.hpp"

namespace haetae::cli {

namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

std::string_view title_of(Group group) {
    switch (group) {
        case Group::author:
            return "Author";
        case Group::look:
            return "Look";
        case Group::check:
            return "Check";
        case Group::run:
            return "Run";
        case Group::protect:
            return "Protect";
        case Group::adopt:
            return "Adopt";
        case Group::scale:
            return "Scale";
        case Group::help:
            return "Help";
    }
    return "";
}

std::string columns(const Rows& rows, std::size_t width) {
    std::string text;
    for (const auto& [left, right] : rows) text += fmt::format("  {:<{}}  {}\n", left, width, right);
    return text;
}

std::size_t width_of(const Rows& rows) {
    std::size_t width = 0;
    for (const auto& [left, right] : rows) width = std::max(width, left.size());
    return width;
}

std::string written(const Option& option) {
    std::string text = option.letter == 0 ? "" : fmt::format("-{}, ", option.letter);
    text += option.name;
    if (!option.value_name.empty()) text += fmt::format(" {}", option.value_name);
    return text;
}

Rows option_rows(std::span<const Option> options) {
    Rows rows;
    for (const Option& option : options) {
        const std::string margin = option.letter == 0 ? "    " : "";
        rows.emplace_back(margin + written(option), std::string(option.help));
    }
    return rows;
}

Rows argument_rows(const Verb& verb) {
    Rows rows;
    for (const Argument& argument : verb.arguments)
        rows.emplace_back(std::string(argument.name), std::string(argument.help));
    return rows;
}

// The common options that the verb does not replace.
std::vector<Option> common_of(const Verb& verb) {
    std::vector<Option> all = options_of(verb);
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(verb.options.size()));
    return all;
}

std::string example_lines(const Verb& verb, std::string_view margin) {
    std::string text(margin);
    for (const char c : verb.example) {
        text += c;
        if (c == '\n') text += margin;
    }
    return text + "\n";
}

std::string capitalised(std::string_view sentence) {
    std::string text(sentence);
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

std::string markdown_list(const Rows& rows) {
    std::string text;
    for (const auto& [left, right] : rows) {
        text += fmt::format("- `{}`: {}\n", left.substr(left.find_first_not_of(' ')), right);
    }
    return text;
}

}  // namespace

std::string usage_of(const Verb& verb) {
    std::string text = fmt::format("haetae {} [OPTIONS]", verb.name);
    for (const Argument& argument : verb.arguments) {
        const std::string name = fmt::format("{}{}", argument.name, argument.count_max > 1 ? "..." : "");
        text += argument.count_min == 0 ? fmt::format(" [{}]", name) : fmt::format(" {}", name);
    }
    return text;
}

std::string program_help(std::span<const Verb* const> verbs) {
    std::string text = "haetae moves PostgreSQL schemas safely.\n\nUsage: haetae [OPTIONS] VERB [ARGUMENTS]\n";
    Rows options = option_rows(common_options());
    options.emplace_back("-V, --version", "show the version (with -v: of the libraries too)");
    std::size_t width = width_of(options);
    for (const Verb* verb : verbs) width = std::max(width, verb->name.size());

    using enum Group;
    for (const Group group : {author, look, check, run, protect, adopt, scale, help}) {
        Rows rows;
        for (const Verb* verb : verbs) {
            if (verb->group == group) rows.emplace_back(std::string(verb->name), std::string(verb->summary));
        }
        if (!rows.empty()) text += fmt::format("\n{}\n{}", title_of(group), columns(rows, width));
    }
    text += fmt::format("\nOptions of every verb\n{}", columns(options, width));
    text += "\n`haetae VERB --help` says more of one verb, with an example.\n";
    return text;
}

std::string verb_help(const Verb& verb) {
    const Rows arguments = argument_rows(verb);
    const Rows own = option_rows(verb.options);
    const Rows common = option_rows(common_of(verb));
    const std::size_t width = std::max({width_of(arguments), width_of(own), width_of(common)});

    std::string text =
        fmt::format("{}.\n\nUsage: {}\n\n{}\n", capitalised(verb.summary), usage_of(verb), verb.description);
    if (!arguments.empty()) text += fmt::format("\nArguments\n{}", columns(arguments, width));
    if (!own.empty()) text += fmt::format("\nOptions\n{}", columns(own, width));
    text += fmt::format("\nOptions of every verb\n{}", columns(common, width));
    text += fmt::format("\nExample\n{}", example_lines(verb, "  "));
    return text;
}

std::string verb_page(const Verb& verb) {
    std::string text =
        fmt::format("# haetae {}\n\n<!-- Written by `./dev docs` from src/app/verbs/. -->\n\n", verb.name);
    text += fmt::format("{}.\n\n```\n{}\n```\n\n{}\n", capitalised(verb.summary), usage_of(verb), verb.description);
    if (!verb.arguments.empty()) text += fmt::format("\n## Arguments\n\n{}", markdown_list(argument_rows(verb)));
    if (!verb.options.empty()) text += fmt::format("\n## Options\n\n{}", markdown_list(option_rows(verb.options)));
    text += fmt::format("\n## Options of every verb\n\n{}", markdown_list(option_rows(common_of(verb))));
    text += fmt::format("\n## Example\n\n```\n{}```\n", example_lines(verb, ""));
    return text;
}

base::Result<const Verb*> find_verb(std::span<const Verb* const> verbs, std::string_view name) {
    std::vector<std::string_view> names;
    for (const Verb* verb : verbs) {
        if (verb->name == name) return verb;
        names.push_back(verb->name);
    }
    const auto near = base::nearest(name, names);
    return base::Error{.code = "HT0101",
                       .sentence = fmt::format("there is no verb '{}'", name),
                       .hint = near ? fmt::format("did you mean `haetae {}`?", *near) : "`haetae --help` lists them"};
}

}  // namespace haetae::cli
