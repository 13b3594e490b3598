// SPDX-License-Identifier: Apache-2.0
// `haetae downgrade REV`.
#include "verbs/migration.hpp"

namespace haetae::verbs {

namespace {

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    return migrate(given, talk, plan::Direction::down, given.arguments.front());
}

}  // namespace

extern const cli::Verb downgrade_verb{
    .name = "downgrade",
    .group = cli::Group::run,
    .summary = "undo revisions",
    .description =
        "Undoes what stands above REV, newest first, by the down parts of the revisions. `base` undoes everything; "
        "over\n"
        "several domains those that depend on others go first. A revision without a down part is refused before "
        "anything\n"
        "runs.",
    .example = "haetae downgrade -d users -1\nhaetae downgrade base",
    .arguments = {{"REV", "where to go back to: an id, -N, base", 1, 1}},
    .options = migration_options(),
    .run = run,
};

}  // namespace haetae::verbs
