// SPDX-License-Identifier: Apache-2.0
// `haetae explain CODE`: the page of an error code, or the list of all.
#include <fmt/format.h>

#include <string>

#include "cli/error_catalog.hpp"
#include "verbs/verb_list.hpp"

namespace haetae::verbs {

namespace {

std::string list_of_codes() {
    std::string text;
    for (const cli::ErrorPage& page : cli::error_catalog()) {
        text += fmt::format("{}  exit {:>3}  {}\n", page.code, page.exit_code, page.title);
    }
    return text;
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk&) {
    const auto code = given.argument(0);
    if (given.has("--list") && !code) return cli::Output{.text = list_of_codes()};
    if (!code || given.has("--list")) {
        return base::Error{.code = "HT0107",
                           .sentence = "`haetae explain` needs either an error code or --list",
                           .hint = "for example: haetae explain HT0203"};
    }
    const auto* page = cli::find_error_page(*code);
    if (page == nullptr) {
        return base::Error{.code = "HT0102",
                           .sentence = "there is no error code " + *code,
                           .hint = "codes look like HT0203; `haetae explain --list` shows them all"};
    }
    return cli::Output{.text = std::string(page->text)};
}

}  // namespace

extern const cli::Verb explain_verb{
    .name = "explain",
    .group = cli::Group::help,
    .summary = "what an error code means and what to do",
    .description =
        "Prints the page of an error code, as it stands in docs/reference/errors/. Case does not matter, and the\n"
        "`HT` may be left out.",
    .example = "haetae explain HT0203\nhaetae explain --list",
    .arguments = {{"CODE", "an error code", 0, 1}},
    .options = {{"--list", 0, cli::Option::Kind::flag, "", "every code with its exit code and title"}},
    .run = run,
};

}  // namespace haetae::verbs
