// SPDX-License-Identifier: Apache-2.0
// The revisions of all domains as one checked graph. Two kinds of edges: parents own history, dependencies only order;
// a dependency may cross domains, a parent may not. A Graph that exists is sound: ids unique in their domain, no
// unknown parents or dependencies, no cycle through any edges, no label clash.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "graph/revision.hpp"

namespace haetae::graph {

/// A node: position in the graph. Stable for one Graph only.
using Node = std::uint32_t;

class Graph {
 public:
    /// `domains` in dependency order; every revision belongs to one of them.
    /// Errors (each names files and ids): HT0240 duplicate id, HT0241 unknown parent, HT0242 unknown dependency,
    /// HT0243 cycle, HT0244 label used twice or equal to an id, HT0245 ambiguous dependency, HT0246 a parent twice or
    /// a merge with its own ancestor, HT0247 id replaced twice.
    static base::Result<Graph> build(std::vector<Revision> revisions, std::vector<DomainName> domains);

    [[nodiscard]] std::size_t size() const { return revisions_.size(); }
    [[nodiscard]] const Revision& at(Node node) const { return revisions_[node]; }
    [[nodiscard]] std::span<const DomainName> domains() const { return domains_; }
    /// Position of a node's domain in `domains()`.
    [[nodiscard]] std::size_t domain_index(Node node) const { return domain_of_[node]; }

    [[nodiscard]] std::span<const Node> parents(Node node) const { return parents_[node]; }
    [[nodiscard]] std::span<const Node> children(Node node) const { return children_[node]; }
    /// Resolved `Depends on`, of this and of other domains; those already implied by an ancestor are kept.
    [[nodiscard]] std::span<const Node> dependencies(Node node) const { return dependencies_[node]; }
    [[nodiscard]] std::span<const Node> dependents(Node node) const { return dependents_[node]; }

    [[nodiscard]] std::optional<Node> find(const DomainName& domain, std::string_view id) const;  ///< exact id
    [[nodiscard]] std::vector<Node> nodes_of(const DomainName& domain) const;  ///< in the order of their file names
    [[nodiscard]] std::vector<Node> heads_of(const DomainName& domain) const;  ///< no child (a dependent is no child)
    [[nodiscard]] std::vector<Node> bases_of(const DomainName& domain) const;
    /// Declared and propagated labels, sorted: a label reaches its revision, all descendants, and the ancestors down
    /// to, not including, the previous branch or merge point (as Alembic does).
    [[nodiscard]] std::vector<BranchLabel> labels_of(Node node) const;
    /// The node that declares `label` in `domain`.
    [[nodiscard]] std::optional<Node> find_label(const DomainName& domain, std::string_view label) const;
    /// All nodes, ancestors (by parents and dependencies) first; among the ready: earlier domain first, then file order.
    [[nodiscard]] std::span<const Node> topological() const { return topological_; }

 private:
    std::vector<DomainName> domains_;
    std::vector<Revision> revisions_;
    std::vector<std::size_t> domain_of_;
    std::vector<std::vector<Node>> parents_;
    std::vector<std::vector<Node>> children_;
    std::vector<std::vector<Node>> dependencies_;
    std::vector<std::vector<Node>> dependents_;
    std::vector<Node> topological_;
    std::map<std::pair<std::size_t, std::string>, Node, std::less<>> by_id_;
    std::map<std::pair<std::size_t, std::string>, Node, std::less<>> by_label_;
};

}  // namespace haetae::graph
