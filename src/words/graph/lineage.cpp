// SPDX-License-Identifier: Apache-2.0
// Depth-first walks with a stack of our own: a chain of 10,000 revisions is no reason to recurse 10,000 deep.
#include "graph/lineage.hpp"

namespace haetae::graph {

namespace {

template <typename Neighbours>
NodeSet reach(const Graph& graph, std::span<const Node> from, const Neighbours& neighbours) {
    NodeSet reached(graph.size());
    std::vector<Node> todo;
    const auto visit = [&](Node node) {
        if (reached.has(node)) return;
        reached.add(node);
        todo.push_back(node);
    };
    for (const Node node : from) visit(node);
    while (!todo.empty()) {
        const Node node = todo.back();
        todo.pop_back();
        neighbours(node, visit);
    }
    return reached;
}

bool counts(const Graph& graph, Node a, Node b, Edges edges) {
    return edges == Edges::all || (edges == Edges::domain && graph.domain_index(a) == graph.domain_index(b));
}

}  // namespace

NodeSet ancestors(const Graph& graph, std::span<const Node> of, Edges edges) {
    return reach(graph, of, [&](Node node, const auto& visit) {
        for (const Node parent : graph.parents(node)) visit(parent);
        for (const Node dependency : graph.dependencies(node)) {
            if (counts(graph, node, dependency, edges)) visit(dependency);
        }
    });
}

NodeSet descendants(const Graph& graph, std::span<const Node> of, Edges edges) {
    return reach(graph, of, [&](Node node, const auto& visit) {
        for (const Node child : graph.children(node)) visit(child);
        for (const Node dependent : graph.dependents(node)) {
            if (counts(graph, node, dependent, edges)) visit(dependent);
        }
    });
}

NodeSet lineage(const Graph& graph, Node of, Edges edges) {
    const Node start[] = {of};
    auto line = ancestors(graph, start, edges);
    line.add_all(descendants(graph, start, edges));
    return line;
}

}  // namespace haetae::graph
