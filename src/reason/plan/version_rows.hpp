// SPDX-License-Identifier: Apache-2.0
// The version tables while a plan is being made: which revisions the rows imply, and how each step changes the rows. A
// domain's rows are always the smallest set that implies all that is applied, through parents and dependencies of the
// domain: the rows Alembic would hold.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "graph/graph.hpp"
#include "graph/node_set.hpp"
#include "plan/plan.hpp"

namespace haetae::plan {

/// A row and the revision it means; the text differs from the revision's id where that one has replaced it.
struct Row {
    graph::Node node;
    graph::RevisionId text;
};

/// The rows of one domain. Errors: HT0160 a row that no file has; HT0162 from the middle of a squash.
base::Result<std::vector<Row>> read_rows(const graph::Graph& graph, const graph::DomainName& domain,
                                         const std::vector<graph::RevisionId>& rows);

class VersionTables {
 public:
    /// Errors: HT0160, HT0161, HT0162 (see `applied_nodes`).
    static base::Result<VersionTables> read(const graph::Graph& graph, const VersionRows& rows);

    [[nodiscard]] bool is_applied(graph::Node node) const { return applied_.has(node); }
    [[nodiscard]] const graph::NodeSet& applied() const { return applied_; }
    /// The nodes of all rows, sorted.
    [[nodiscard]] std::vector<graph::Node> row_nodes() const;

    /// Applies `node`, whose parents and dependencies of the domain are applied.
    Step apply(graph::Node node);
    /// Undoes `node`, on which nothing of the domain stands any more.
    Step undo(graph::Node node);

 private:
    explicit VersionTables(const graph::Graph& graph);
    base::Status add_domain(const graph::DomainName& domain, const std::vector<graph::RevisionId>& rows);
    [[nodiscard]] std::vector<graph::Node> below(graph::Node node) const;
    void add_row(graph::Node node, graph::RevisionId text);
    graph::RevisionId take_row(graph::Node node);

    const graph::Graph* graph_;
    graph::NodeSet applied_;
    std::map<graph::Node, graph::RevisionId> rows_{};
    std::vector<std::vector<graph::RevisionId>> texts_{};  ///< sorted rows of each domain
    std::vector<std::uint32_t> applied_above_{};           ///< how many applied revisions of the domain stand on a node
};

}  // namespace haetae::plan
