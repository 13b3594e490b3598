// SPDX-License-Identifier: Apache-2.0
// A set of nodes as a bit vector: asking, adding and removing cost nothing, and a walk over 10,000 revisions touches
// one kilobyte. Lists come out in the order of the nodes, so nothing unordered reaches a user.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "graph/graph.hpp"

namespace haetae::graph {

class NodeSet {
 public:
    /// An empty set over `nodes` nodes.
    explicit NodeSet(std::size_t nodes) : bits_(nodes, false) {}

    [[nodiscard]] bool has(Node node) const { return bits_[node]; }
    void add(Node node) { bits_[node] = true; }
    void remove(Node node) { bits_[node] = false; }
    [[nodiscard]] bool empty() const { return std::find(bits_.begin(), bits_.end(), true) == bits_.end(); }

    /// The members in ascending order.
    [[nodiscard]] std::vector<Node> list() const {
        std::vector<Node> nodes;
        for (std::size_t i = 0; i < bits_.size(); ++i) {
            if (bits_[i]) nodes.push_back(static_cast<Node>(i));
        }
        return nodes;
    }

    /// Adds all members of `other`, a set over the same graph.
    void add_all(const NodeSet& other) {
        for (std::size_t i = 0; i < bits_.size(); ++i) {
            if (other.bits_[i]) bits_[i] = true;
        }
    }

    bool operator==(const NodeSet&) const = default;

 private:
    std::vector<bool> bits_;
};

}  // namespace haetae::graph
