// SPDX-License-Identifier: Apache-2.0
// One revision as reports show it: what its file says, with every name resolved to a full id, and what it is in the
// graph. A report needs no graph any more.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "graph/graph.hpp"

namespace haetae::outcome {

/// A revision named across domains.
struct RevisionName {
    graph::DomainName domain;
    graph::RevisionId id;
    auto operator<=>(const RevisionName&) const = default;
};

enum class HeadKind {
    none,
    head,
    effective,  ///< a head by parents, on which another revision of the domain depends: its row is implied
};

struct RevisionRow {
    graph::DomainName domain;
    graph::RevisionId id;
    std::vector<graph::RevisionId> revises{};
    std::vector<RevisionName> depends_on{};
    std::vector<graph::BranchLabel> labels{};  ///< declared here and propagated, sorted
    std::string message{};
    std::string created{};  ///< as written
    std::optional<graph::Phase> phase{};
    std::string file{};  ///< relative to the project root
    HeadKind head = HeadKind::none;
    bool is_branch_point = false;  ///< more than one child
    bool is_merge_point = false;   ///< more than one parent
    bool operator==(const RevisionRow&) const = default;
};

RevisionRow row_of(const graph::Graph& graph, graph::Node node);

std::vector<RevisionRow> rows_of(const graph::Graph& graph, const std::vector<graph::Node>& nodes);

RevisionName name_of(const graph::Graph& graph, graph::Node node);

}  // namespace haetae::outcome
