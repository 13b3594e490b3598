// SPDX-License-Identifier: Apache-2.0
// Walks over a graph: what lies below and above a set of nodes. Which edges count is always said, because "ancestor"
// means three things here: history (parents), what one version table implies (parents and dependencies inside the
// domain), and what must have run (all edges).
#pragma once

#include <span>

#include "graph/graph.hpp"
#include "graph/node_set.hpp"

namespace haetae::graph {

enum class Edges {
    parents,  ///< history: `Revises` alone
    domain,   ///< `Revises` and the `Depends on` of the same domain: what a version row implies
    all,      ///< `Revises` and `Depends on`, across domains: what must have run before
};

/// The nodes themselves and everything below them.
NodeSet ancestors(const Graph& graph, std::span<const Node> of, Edges edges);

/// The nodes themselves and everything above them.
NodeSet descendants(const Graph& graph, std::span<const Node> of, Edges edges);

/// The branch of a revision: itself, its ancestors and its descendants. `left@righ01` asks for this with `parents`.
NodeSet lineage(const Graph& graph, Node of, Edges edges = Edges::parents);

}  // namespace haetae::graph
