// SPDX-License-Identifier: Apache-2.0
// `haetae help VERB`: the same as `haetae VERB --help`, for those who type it that way round; and the source of the
// pages in docs/reference/cli/.
#include "cli/help.hpp"

#include <string>

#include "verbs/verb_list.hpp"

namespace haetae::verbs {

namespace {

std::string names() {
    std::string text;
    for (const cli::Verb* verb : verb_list()) text += std::string(verb->name) + "\n";
    return text;
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk&) {
    if (given.has("--names")) return cli::Output{.text = names()};
    std::string name;
    for (const std::string& word : given.arguments) name += (name.empty() ? "" : " ") + word;
    if (name.empty()) return cli::Output{.text = cli::program_help(verb_list())};
    const cli::Verb* verb = TRY(cli::find_verb(verb_list(), name));
    return cli::Output{.text = given.has("--markdown") ? cli::verb_page(*verb) : cli::verb_help(*verb)};
}

}  // namespace

extern const cli::Verb help_verb{
    .name = "help",
    .group = cli::Group::help,
    .summary = "help on one verb, or the list of all",
    .description = "Prints what `haetae VERB --help` prints.",
    .example = "haetae help upgrade",
    .arguments = {{"VERB", "a verb, of one or two words", 0, 2}},
    .options = {{"--markdown", 0, cli::Option::Kind::flag, "", "as the page of the reference"},
                {"--names", 0, cli::Option::Kind::flag, "", "only the names of all verbs, a line each"}},
    .run = run,
};

}  // namespace haetae::verbs
