// SPDX-License-Identifier: Apache-2.0
// The revisions of all domains as one checked graph. Two kinds of edges: parents own history, dependencies only order;
// a dependency may cross domains, a parent may not. A Graph that exists is sound: ids unique in their domain, no
// unknown parents or dependencies, no cycle through any edges, no label clash.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "graph/adjacency.hpp"
#include "graph/revision.hpp"

namespace haetae::graph {

/// A node: position in the graph. Stable for one Graph only. Nodes are numbered domain by domain, within a domain in
/// the order of their file names.
using Node = std::uint32_t;

class Graph {
 public:
    /// `domains` in dependency order; every revision belongs to one of them. Files of one domain are taken in the
    /// order of their names; revisions without a file name stay in the order given.
    /// Errors (each names files and ids): HT0240 duplicate id, HT0241 unknown parent, HT0242 unknown dependency,
    /// HT0243 cycle, HT0244 label used twice or equal to an id, HT0245 ambiguous dependency, HT0246 a parent twice or
    /// a merge with its own ancestor, HT0247 id replaced twice, HT0248 a replaced id that still has a file,
    /// HT0249 a label that no address could name.
    static base::Result<Graph> build(std::vector<Revision> revisions, std::vector<DomainName> domains);

    [[nodiscard]] std::size_t size() const { return revisions_.size(); }
    [[nodiscard]] const Revision& at(Node node) const { return revisions_[node]; }
    [[nodiscard]] std::span<const DomainName> domains() const { return domains_; }
    /// Position of a node's domain in `domains()`.
    [[nodiscard]] std::size_t domain_index(Node node) const { return domain_of_[node]; }
    /// Position of a domain in `domains()`.
    [[nodiscard]] std::optional<std::size_t> find_domain(std::string_view name) const;

    [[nodiscard]] std::span<const Node> parents(Node node) const { return parents_.of(node); }
    [[nodiscard]] std::span<const Node> children(Node node) const { return children_.of(node); }
    /// Resolved `Depends on`, of this and of other domains; those already implied by an ancestor are kept.
    [[nodiscard]] std::span<const Node> dependencies(Node node) const { return dependencies_.of(node); }
    [[nodiscard]] std::span<const Node> dependents(Node node) const { return dependents_.of(node); }

    [[nodiscard]] std::optional<Node> find(const DomainName& domain, std::string_view id) const;  ///< exact id
    /// The node that declares `label` in `domain`.
    [[nodiscard]] std::optional<Node> find_label(const DomainName& domain, std::string_view label) const;
    /// The node that says `Replaces: id` (squash).
    [[nodiscard]] std::optional<Node> find_replacing(const DomainName& domain, std::string_view id) const;
    /// Nodes of `domain` with an id or a declared label of four characters or more that begins with `prefix`, sorted,
    /// each once. The name itself has four characters, not the prefix: so Alembic abbreviates.
    [[nodiscard]] std::vector<Node> find_prefix(const DomainName& domain, std::string_view prefix) const;

    [[nodiscard]] std::vector<Node> nodes_of(const DomainName& domain) const;  ///< in the order of their file names
    [[nodiscard]] std::vector<Node> heads_of(const DomainName& domain) const;  ///< no child (a dependent is no child)
    /// Heads that nothing of the same domain depends on either: the rows of a domain that is wholly applied.
    [[nodiscard]] std::vector<Node> real_heads_of(const DomainName& domain) const;
    [[nodiscard]] std::vector<Node> bases_of(const DomainName& domain) const;
    /// Declared and propagated labels, sorted: a label reaches its revision, all descendants, and the ancestors down
    /// to, not including, the previous branch or merge point (as Alembic does).
    [[nodiscard]] std::vector<BranchLabel> labels_of(Node node) const;
    /// All nodes, ancestors (by parents and dependencies) first; among the ready: earlier domain first, then file
    /// order.
    [[nodiscard]] std::span<const Node> topological() const { return topological_; }

 private:
    friend class Builder;

    /// A name of a domain (id, label or replaced id) and the node it means.
    struct Name {
        std::string text;
        Node node;
    };
    using Names = std::vector<Name>;  ///< sorted by text

    static std::optional<Node> find_in(const Names& names, std::string_view text);
    [[nodiscard]] bool is_branch_point(Node node) const;

    std::vector<DomainName> domains_{};
    std::vector<Node> first_of_{};  ///< the first node of each domain, and one past the last
    std::vector<Revision> revisions_{};
    std::vector<std::size_t> domain_of_{};
    Adjacency parents_{};
    Adjacency children_{};
    Adjacency dependencies_{};
    Adjacency dependents_{};
    std::vector<Node> topological_{};
    std::vector<Names> ids_{};  ///< one entry a domain
    std::vector<Names> labels_{};
    std::vector<Names> replaced_{};
    /// The nearest of a node and its ancestors by parents where labels begin or meet; none where none reaches the node.
    std::vector<std::optional<Node>> label_root_{};
};

}  // namespace haetae::graph
