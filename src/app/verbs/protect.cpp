// SPDX-License-Identifier: Apache-2.0
// `haetae protect NAME`: the database says from now on what it is.
#include "settings/settings.hpp"
#include "verbs/marking.hpp"

namespace haetae::verbs {

namespace {

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto& name = given.arguments.front();
    if (const auto wrong = settings::wrong_name(name); !wrong.empty()) {
        return base::Error{.code = "HT0144",
                           .sentence = "the name of an environment " + wrong,
                           .hint = "use letters, digits, '_' and '-', as in [env.production]"};
    }
    return set_mark(given, talk, name);
}

}  // namespace

extern const cli::Verb protect_verb{
    .name = "protect",
    .group = cli::Group::protect,
    .summary = "write into a database what it is, and that it is not changed by accident",
    .description =
        "The mark lies in the database and holds whatever a URL or a `.env` file says. From then on the database is\n"
        "changed only as environment NAME, by its migration role, in a run that CI identifies, or in an emergency\n"
        "(`--break-glass`). Whoever is the migration role, or has the URL of admin_url_env, may say it.\n"
        "\n"
        "A database that was restored or cloned brings the mark along and knows that it is a copy. --here says what\n"
        "it is now.",
    .example = "haetae protect production -e production\nhaetae protect staging --here -e staging",
    .arguments = {{"NAME", "the environment that this database is", 1, 1}},
    .options = {{"--here", 0, cli::Option::Kind::flag, "", "replace what a copy, or a damaged mark, says"},
                {"--reason", 0, cli::Option::Kind::value, "TEXT", "why, for the ledger"}},
    .run = run,
};

}  // namespace haetae::verbs
