// SPDX-License-Identifier: Apache-2.0
// `haetae status`: every domain in one table, and whether anything is left to do.
#include <fmt/format.h>

#include <algorithm>

#include "report/json.hpp"
#include "report/text.hpp"
#include "verbs/gate.hpp"
#include "verbs/standing.hpp"
#include "verbs/verb_list.hpp"

namespace haetae::verbs {

namespace {

/// What is left, and the verb that does it.
std::string next_step(const std::vector<outcome::DomainStatus>& statuses) {
    std::size_t pending = 0;
    std::size_t in_progress = 0;
    for (const auto& status : statuses) {
        pending += status.pending.size();
        in_progress += status.in_progress.size();
    }
    if (in_progress > 0) {
        return fmt::format("{} stopped part-way; the command that began it, run again, resumes it",
                           report::counted(in_progress, "revision"));
    }
    if (pending > 0) {
        return fmt::format("{} pending: `haetae plan` shows what would run, `haetae upgrade heads` runs it",
                           report::counted(pending, "revision"));
    }
    return "nothing is pending";
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto workspace = TRY(open_workspace(given, talk));
    const auto standing = TRY(read_standing(workspace, given, talk));
    talk.line(standing.database);
    if (const auto mark = mark_text(standing.mark); !mark.empty()) talk.line("it " + mark);
    if (!standing.emergency.empty()) talk.line("the last emergency: " + standing.emergency);
    const auto statuses = statuses_of(workspace, standing);
    const bool is_done = std::all_of(statuses.begin(), statuses.end(),
                                     [](const outcome::DomainStatus& status) { return status.is_at_heads(); });
    const bool has_revisions = workspace.graph.size() > 0;
    if (!has_revisions) say_no_revisions(workspace, talk);
    return cli::Output{.text = given.json() ? report::status_json(statuses) : report::status_text(statuses),
                       .exit_code = given.has("--check") && !is_done ? 1 : 0,
                       .next = has_revisions ? std::vector{next_step(statuses)} : std::vector<std::string>{}};
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
