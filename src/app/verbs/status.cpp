// SPDX-License-Identifier: Apache-2.0
// `haetae status`: every domain in one table, and whether anything is left to do.
#include <fmt/format.h>

#include <algorithm>

#include "report/json.hpp"
#include "report/text.hpp"
#include "verbs/standing.hpp"
#include "verbs/verb_list.hpp"

namespace haetae::verbs {

namespace {

/// One line: what is left, and the verb that does it.
void say_next(const Workspace& workspace, const std::vector<outcome::DomainStatus>& statuses, cli::Talk& talk) {
    std::size_t pending = 0;
    std::size_t in_progress = 0;
    for (const auto& status : statuses) {
        pending += status.pending.size();
        in_progress += status.in_progress.size();
    }
    if (in_progress > 0) {
        talk.line(fmt::format("{} stopped part-way; run the same command again to resume",
                              report::counted(in_progress, "revision")));
    } else if (pending > 0) {
        talk.line(fmt::format("{} pending: `haetae plan` shows what would run, `haetae upgrade heads` runs it",
                              report::counted(pending, "revision")));
    } else if (workspace.graph.size() == 0) {
        say_no_revisions(workspace, talk);
    } else {
        talk.line("nothing is pending");
    }
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto workspace = TRY(open_workspace(given, talk));
    const auto standing = TRY(read_standing(workspace, given, talk));
    talk.line(standing.database);
    const auto statuses = statuses_of(workspace, standing);
    const bool is_done = std::all_of(statuses.begin(), statuses.end(),
                                     [](const outcome::DomainStatus& status) { return status.is_at_heads(); });
    say_next(workspace, statuses, talk);
    return cli::Output{.text = given.json() ? report::status_json(statuses) : report::status_text(statuses),
                       .exit_code = given.has("--check") && !is_done ? 1 : 0};
}

}  // namespace

extern const cli::Verb status_verb{
    .name = "status",
    .group = cli::Group::look,
    .summary = "every domain: its head, where the database stands, what is pending",
    .description =
        "Shows for each domain the heads of its files, what is applied, how many revisions are pending, and what\n"
        "stopped part-way. Nothing is written to the database.",
    .example = "haetae status\nhaetae status --check -e production",
    .options = {{"--check", 0, cli::Option::Kind::flag, "", "exit 1 when a revision is pending or in progress"}},
    .run = run,
};

}  // namespace haetae::verbs
