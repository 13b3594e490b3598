// SPDX-License-Identifier: Apache-2.0
// `haetae upgrade [REV]`.
#include "verbs/abandon.hpp"
#include "verbs/migration.hpp"

namespace haetae::verbs {

namespace {

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    if (given.has("--abandon")) return abandon(given, talk);
    return migrate(given, talk, plan::Direction::up, given.argument(0).value_or("head"));
}

std::vector<cli::Option> options() {
    auto list = migration_options();
    list.push_back({"--abandon", 0, cli::Option::Kind::flag, "",
                    "forget that a revision stopped part-way, in either direction; run nothing"});
    return list;
}

}  // namespace

extern const cli::Verb upgrade_verb{
    .name = "upgrade",
    .group = cli::Group::run,
    .summary = "apply revisions",
    .description =
        "Applies the revisions that REV needs and the database lacks, in dependency order across domains. REV is "
        "`head`\n"
        "unless given; for one domain it may be an id, the beginning of one, a label, or relative (`+1`).\n"
        "\n"
        "Each revision runs in one transaction together with its version row and its row in the ledger; statements "
        "that\n"
        "PostgreSQL refuses in a transaction stand alone, and a run that stops among them is taken up again by the "
        "next.\n"
        "What such a revision has done so far can be undone by hand and forgotten with --abandon.",
    .example = "haetae upgrade head\nhaetae upgrade -d users +1",
    .arguments = {{"REV", "where to go; head unless given", 0, 1}},
    .options = options(),
    .run = run,
};

}  // namespace haetae::verbs
