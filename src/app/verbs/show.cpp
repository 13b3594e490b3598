// SPDX-License-Identifier: Apache-2.0
// `haetae show REV`: everything a revision's file says, and its place in the graph.
#include <algorithm>

#include "report/json.hpp"
#include "report/text.hpp"
#include "revisions/folder.hpp"
#include "verbs/part_text.hpp"
#include "verbs/standing.hpp"
#include "verbs/verb_list.hpp"

namespace haetae::verbs {

namespace {

base::Result<outcome::RevisionDetail> detail_of(const Workspace& workspace, graph::Node node) {
    const auto& graph = workspace.graph;
    const auto& revision = graph.at(node);
    const auto parts = TRY(revisions::load_parts(workspace.settings, revision));
    outcome::RevisionDetail detail{.row = outcome::row_of(graph, node),
                                   .replaces = revision.replaces,
                                   .extra = revision.extra,
                                   .up = part_text(parts.up),
                                   .irreversible_reason = parts.irreversible_reason.value_or("")};
    for (const graph::Node child : graph.children(node)) detail.children.push_back(graph.at(child).id);
    for (const graph::Node other : graph.dependents(node)) detail.dependents.push_back(outcome::name_of(graph, other));
    for (const auto& backfill : parts.backfills) {
        detail.backfills.push_back({.options = backfill.options, .part = part_text(backfill)});
    }
    if (parts.down) detail.down = part_text(*parts.down);
    return detail;
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto workspace = TRY(open_workspace(given, talk));
    std::vector<outcome::RevisionDetail> details;
    for (const graph::Node node : TRY(meant_nodes(workspace, given, talk))) {
        details.push_back(TRY(detail_of(workspace, node)));
    }
    return cli::Output{.text = given.json() ? report::show_json(details) : report::show_text(details)};
}

}  // namespace

extern const cli::Verb show_verb{
    .name = "show",
    .group = cli::Group::look,
    .summary = "a revision: its header, its neighbours, its SQL",
    .description =
        "Prints what the file of a revision says and what stands around it in the graph. Several may be named;\n"
        "`heads` means all heads, `current` where the database stands. Passwords in the SQL are masked.",
    .example = "haetae show 9f3c\nhaetae show users:head",
    .arguments = {{"REV", "a revision", 1, cli::Argument::any}},
    .run = run,
};

}  // namespace haetae::verbs
