// SPDX-License-Identifier: Apache-2.0
// Histories written down in a test as one reads them: "left01 < base02 ~ core02 [left]" is revision left01, which
// revises base02, depends on core02 and declares the label left.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/graph.hpp"
#include "graph/revision.hpp"
#include "plan/plan.hpp"

namespace haetae::kit {

/// One revision a line or between semicolons; `~ users:aa01` is a dependency on another domain, `= a b` what it
/// replaces.
std::vector<graph::Revision> history(std::string_view domain, std::string_view text);

/// The graph of several histories, (domain, text), in dependency order. A fault in them fails the test by exception.
graph::Graph graph_of(const std::vector<std::pair<std::string, std::string>>& histories);

/// "a b" as revision ids.
std::vector<graph::RevisionId> ids(std::string_view text);

/// Nodes by id, parted by blanks; `domain:id` where the graph has several domains.
std::string names(const graph::Graph& graph, const std::vector<graph::Node>& nodes);

/// A plan in one line: "aaaa01 aaaa02 -> aaaa02", the steps and the rows of `domain` after the last of them.
std::string told(const graph::Graph& graph, const plan::Plan& plan, const std::vector<graph::RevisionId>& before);

}  // namespace haetae::kit
