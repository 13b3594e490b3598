// SPDX-License-Identifier: Apache-2.0
// From a node of a graph to the row of a report.
#include "outcome/revision_row.hpp"

#include <algorithm>

namespace haetae::outcome {

namespace {

HeadKind head_kind(const graph::Graph& graph, graph::Node node) {
    if (!graph.children(node).empty()) return HeadKind::none;
    const auto dependents = graph.dependents(node);
    const bool is_implied = std::any_of(dependents.begin(), dependents.end(), [&](graph::Node other) {
        return graph.at(other).domain == graph.at(node).domain;
    });
    return is_implied ? HeadKind::effective : HeadKind::head;
}

}  // namespace

RevisionRow row_of(const graph::Graph& graph, graph::Node node) {
    const auto& revision = graph.at(node);
    RevisionRow row{.domain = revision.domain,
                    .id = revision.id,
                    .revises = revision.parents,
                    .labels = graph.labels_of(node),
                    .message = revision.message,
                    .created = revision.created,
                    .phase = revision.phase,
                    .file = revision.file,
                    .head = head_kind(graph, node),
                    .is_branch_point = graph.children(node).size() > 1,
                    .is_merge_point = graph.parents(node).size() > 1};
    for (const graph::Node dependency : graph.dependencies(node)) row.depends_on.push_back(name_of(graph, dependency));
    return row;
}

std::vector<RevisionRow> rows_of(const graph::Graph& graph, const std::vector<graph::Node>& nodes) {
    std::vector<RevisionRow> rows;
    rows.reserve(nodes.size());
    for (const graph::Node node : nodes) rows.push_back(row_of(graph, node));
    return rows;
}

RevisionName name_of(const graph::Graph& graph, graph::Node node) {
    return {.domain = graph.at(node).domain, .id = graph.at(node).id};
}

}  // namespace haetae::outcome
