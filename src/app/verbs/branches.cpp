// SPDX-License-Identifier: Apache-2.0
// `haetae branches`: where the history of a domain parts, from the files alone.
#include "report/json.hpp"
#include "report/text.hpp"
#include "verbs/verb_list.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto workspace = TRY(open_workspace(given, talk));
    const auto& graph = workspace.graph;
    std::vector<outcome::Branch> branches;
    for (const auto& domain : workspace.scope.domains) {
        for (const graph::Node node : graph.nodes_of(domain)) {
            const auto children = graph.children(node);
            if (children.size() < 2) continue;
            branches.push_back({.point = outcome::row_of(graph, node),
                                .children = outcome::rows_of(graph, {children.begin(), children.end()})});
        }
    }
    if (branches.empty()) talk.note("no revision has more than one that revises it");
    return cli::Output{.text = given.json() ? report::branches_json(branches)
                                            : report::branches_text(branches, given.has("--verbose"))};
}

}  // namespace

extern const cli::Verb branches_verb{
    .name = "branches",
    .group = cli::Group::look,
    .summary = "revisions that several others revise",
    .description = "Lists each branch point with the revisions that follow it. Looks at the files only.",
    .example = "haetae branches",
    .run = run,
};

}  // namespace haetae::verbs
