// SPDX-License-Identifier: Apache-2.0
// `haetae graph`: the history of every domain as a picture.
#include "report/graph_picture.hpp"

#include <algorithm>

#include "report/json.hpp"
#include "verbs/verb_list.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto workspace = TRY(open_workspace(given, talk));
    const auto& domains = workspace.scope.domains;
    std::vector<outcome::RevisionRow> rows;
    for (const graph::Node node : workspace.graph.topological()) {
        auto row = outcome::row_of(workspace.graph, node);
        const bool is_meant = std::find(domains.begin(), domains.end(), row.domain) != domains.end();
        if (is_meant) rows.push_back(std::move(row));
    }
    if (rows.empty()) say_no_revisions(workspace, talk);
    const auto format = given.value("--format").value_or("text");
    if (format == "json") return cli::Output{.text = report::graph_json(domains, rows)};
    if (format == "dot") return cli::Output{.text = report::graph_dot(domains, rows)};
    return cli::Output{.text = report::graph_text(domains, rows)};
}

}  // namespace

extern const cli::Verb graph_verb{
    .name = "graph",
    .group = cli::Group::look,
    .summary = "the history of every domain as a picture",
    .description =
        "Draws the revisions of each domain, newest first, with branches and merges as lanes. What a revision depends\n"
        "on stands beside it. Looks at the files only. `--format dot` is for Graphviz.",
    .example = "haetae graph\nhaetae graph --format dot | dot -Tsvg > graph.svg",
    .options = {{"--format", 0, cli::Option::Kind::value, "text|json|dot", "how the graph is written (default: text)"}},
    .run = run,
};

}  // namespace haetae::verbs
