// SPDX-License-Identifier: Apache-2.0
// `haetae verify`: what revisions really do, tried on a throw-away PostgreSQL. The project's databases are not touched.
#include <algorithm>

#include "graph/lineage.hpp"
#include "prove/stairway.hpp"
#include "report/json.hpp"
#include "report/text.hpp"
#include "verbs/standing.hpp"
#include "verbs/verb_list.hpp"

namespace haetae::verbs {

namespace {

using outcome::Weight;

/// The arguments, or every revision of the scope.
base::Result<std::vector<graph::Node>> chosen_nodes(const Workspace& workspace, const cli::Given& given,
                                                    cli::Talk& talk) {
    if (!given.arguments.empty()) return meant_nodes(workspace, given, talk);
    const auto all = TRY(graph::parse_range(":", workspace.graph.domains()));
    return graph::resolve_range(workspace.graph, all, {.domains = workspace.scope.domains});
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto workspace = TRY(open_workspace(given, talk));
    const auto& graph = workspace.graph;
    const auto chosen = TRY(chosen_nodes(workspace, given, talk));
    outcome::Verification found;
    if (chosen.empty()) {
        talk.line("nothing to verify");
    } else {
        prove::Task task{.chosen = graph::NodeSet(graph.size()),
                         .applied = graph::ancestors(graph, chosen, graph::Edges::all)};
        for (const auto node : chosen) task.chosen.add(node);
        auto history = TRY(replay::History::read(workspace.settings, graph, task.applied));
        talk.line("verifying on a throw-away PostgreSQL");
        auto climbed = prove::climb(
            std::move(history), task,
            [&](std::size_t done, std::size_t total, graph::Node node, std::string_view doing) {
                const auto& revision = graph.at(node);
                talk.progress({.done = done,
                               .total = total,
                               .label = std::string(doing) + " " + revision.domain.text() + " " + revision.id.text()});
            });
        talk.end_progress();
        found = TRY(std::move(climbed));
    }
    for (const auto& note : found.notes) talk.note(note);
    const auto weight = outcome::weight_of(found);
    const bool is_ok = weight == Weight::none || (weight == Weight::weak && !given.has("--strict"));
    return cli::Output{
        .text = given.json() ? report::verification_json(found, is_ok) : report::verification_text(found),
        .exit_code = is_ok ? 0 : 1};
}

}  // namespace

extern const cli::Verb verify_verb{
    .name = "verify",
    .group = cli::Group::check,
    .summary = "try revisions on a throw-away PostgreSQL: up, down, up again",
    .description =
        "Starts a PostgreSQL of its own from the server programs of this machine, replays the history, and runs each\n"
        "revision up, down and up again. What stands after the down is compared with what stood before: tables,\n"
        "columns, constraints, indexes, views, functions, types, rights and all else that the catalogs know, and\n"
        "pg_dump's text as a second opinion. Then all revisions are undone, newest first, and applied again. Your\n"
        "databases are not touched.\n\n"
        "Ends with 1 on any finding: a direction that fails, or a down that does not give back what was there. A\n"
        "revision whose file says that it is irreversible is none; the way down ends there. Columns that only come\n"
        "back in another order (dropped, and added by the down) are shown, and count with `--strict`.\n\n"
        "Without REV every revision of the domains is verified; with it, those, on top of what they stand on.",
    .example = "haetae verify\nhaetae verify head\nhaetae verify -d users 9f3c 77aa --format json",
    .arguments = {{"REV", "only these revisions (default: all)", 0, cli::Argument::any}},
    .options = {{"--strict", 0, cli::Option::Kind::flag, "", "another order of columns counts as a finding"}},
    .run = run,
};

}  // namespace haetae::verbs
