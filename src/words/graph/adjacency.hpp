// SPDX-License-Identifier: Apache-2.0
// The edges of a graph in two flat arrays: where a node's neighbours begin, and the neighbours. One allocation for a
// whole graph instead of one a node, and neighbours that lie next to each other when a walk asks for them.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace haetae::graph {

class Adjacency {
 public:
    using Edge = std::pair<std::uint32_t, std::uint32_t>;

    Adjacency() = default;
    /// Edges (from, to) between `nodes` nodes. Neighbours keep the order in which their edges were given.
    Adjacency(std::size_t nodes, std::span<const Edge> edges) : begin_(nodes + 1, 0), neighbours_(edges.size()) {
        for (const auto& [from, to] : edges) ++begin_[from + 1];
        for (std::size_t i = 0; i < nodes; ++i) begin_[i + 1] += begin_[i];
        auto next = begin_;
        for (const auto& [from, to] : edges) neighbours_[next[from]++] = to;
    }

    [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t node) const {
        return std::span(neighbours_).subspan(begin_[node], begin_[node + 1] - begin_[node]);
    }

 private:
    std::vector<std::uint32_t> begin_{0};
    std::vector<std::uint32_t> neighbours_{};
};

}  // namespace haetae::graph
