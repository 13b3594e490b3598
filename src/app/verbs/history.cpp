// SPDX-License-Identifier: Apache-2.0
// `haetae history`: the revisions of a range, newest first. The database is asked only where the question needs it.
#include "report/json.hpp"
#include "report/text.hpp"
#include "verbs/standing.hpp"
#include "verbs/verb_list.hpp"

namespace haetae::verbs {

namespace {

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto workspace = TRY(open_workspace(given, talk));
    const auto range = TRY(graph::parse_range(given.value("--rev-range").value_or(":"), workspace.graph.domains()));
    const bool marks_current = given.has("--indicate-current");
    graph::Where where{.domains = workspace.scope.domains};
    std::vector<outcome::RevisionName> current;
    if (marks_current || (range.from && asks_database(*range.from)) || (range.to && asks_database(*range.to))) {
        const auto standing = TRY(read_standing(workspace, given, talk));
        talk.detail(standing.database);
        where.current = standing.rows;
        for (const graph::Node node : current_nodes(workspace, standing)) {
            current.push_back(outcome::name_of(workspace.graph, node));
        }
    }
    const auto nodes = TRY(graph::resolve_range(workspace.graph, range, where));
    const auto rows = outcome::rows_of(workspace.graph, nodes);
    if (rows.empty()) say_no_revisions(workspace, talk);
    if (given.json()) {
        return cli::Output{.text = marks_current ? report::history_json(rows, current) : report::history_json(rows)};
    }
    if (!marks_current) current.clear();
    return cli::Output{.text = report::history_text(rows, current, given.has("--verbose"))};
}

}  // namespace

extern const cli::Verb history_verb{
    .name = "history",
    .group = cli::Group::look,
    .summary = "the revisions, newest first",
    .description =
        "Lists the revisions of a range, both ends included. Looks at the files only, unless `-i` or an end such as\n"
        "`current` or `-2` asks where the database stands; nothing is written to it.",
    .example = "haetae history\nhaetae history -r 1b2c:head\nhaetae history -r -2:current -i",
    .options = {{"--rev-range", 'r', cli::Option::Kind::value, "A:B",
                 "only from A to B; an end may be left out; with domains: users:A..users:B"},
                {"--indicate-current", 'i', cli::Option::Kind::flag, "", "mark where the database stands"}},
    .run = run,
};

}  // namespace haetae::verbs
