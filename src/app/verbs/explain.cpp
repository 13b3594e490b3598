// SPDX-License-Identifier: Apache-2.0
// `haetae explain CODE`: the page of an error code.
#include <cstdio>
#include <string>

#include "cli/error_catalog.hpp"
#include "verbs/verb_list.hpp"

namespace haetae::verbs {

namespace {

base::Result<int> run(const cli::Given& given) {
    const std::string& code = given.arguments.front();
    const auto* page = cli::find_error_page(code);
    if (page == nullptr) {
        return base::Error{.code = "HT0102",
                           .sentence = "there is no error code " + code,
                           .hint = "codes look like HT0203; `haetae explain --list` shows them all"};
    }
    std::fwrite(page->text.data(), 1, page->text.size(), stdout);
    return 0;
}

}  // namespace

const cli::Verb explain_verb{
    .name = "explain",
    .group = cli::Group::help,
    .summary = "what an error code means and what to do",
    .description = "Prints the page of an error code.",
    .example = "haetae explain HT0203",
    .arguments = {{"CODE", "an error code", 1, 1}},
    .options = {},
    .run = run,
};

}  // namespace haetae::verbs
