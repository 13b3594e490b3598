// SPDX-License-Identifier: Apache-2.0
// `haetae current`: where the database stands. Writes nothing, not even a version table.
#include <fmt/format.h>

#include <algorithm>

#include "report/json.hpp"
#include "report/text.hpp"
#include "verbs/standing.hpp"
#include "verbs/verb_list.hpp"

namespace haetae::verbs {

namespace {

/// Says each domain that is not at its heads; 1 when there is one.
int check_heads(const std::vector<outcome::DomainStatus>& statuses, cli::Talk& talk) {
    int exit_code = 0;
    for (const auto& status : statuses) {
        if (status.is_at_heads()) continue;
        exit_code = 1;
        for (const auto& step : status.in_progress) {
            talk.warning(
                fmt::format("{}: {} is in progress ({})", status.domain.text(), step.id.text(), step.direction));
        }
        if (!status.pending.empty()) {
            talk.warning(fmt::format("{}: {} pending", status.domain.text(),
                                     report::counted(status.pending.size(), "revision")));
        }
    }
    return exit_code;
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto workspace = TRY(open_workspace(given, talk));
    const auto standing = TRY(read_standing(workspace, given, talk));
    talk.line(standing.database);
    const auto statuses = statuses_of(workspace, standing);
    return cli::Output{
        .text = given.json() ? report::current_json(statuses) : report::current_text(statuses, given.has("--verbose")),
        .exit_code = given.has("--check-heads") ? check_heads(statuses, talk) : 0};
}

}  // namespace

extern const cli::Verb current_verb{
    .name = "current",
    .group = cli::Group::look,
    .summary = "where the database stands",
    .description =
        "Lists the applied heads of each domain: the rows of its version table, and heads that a row implies because\n"
        "it depends on them. A revision that stopped part-way is shown as in progress. Nothing is written to the\n"
        "database.\n\n"
        "With `--check-heads` the exit code is 1 unless every revision of every domain that is meant is applied.",
    .example = "haetae current\nhaetae current --check-heads -e production",
    .options = {{"--check-heads", 'c', cli::Option::Kind::flag, "", "exit 1 when a domain is not at its heads"}},
    .run = run,
};

}  // namespace haetae::verbs
