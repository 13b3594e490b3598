// SPDX-License-Identifier: Apache-2.0
// Counting steps along parents, up or down, and refusing where the way is not one way. Dependencies are no steps.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "graph/graph.hpp"
#include "graph/node_set.hpp"

namespace haetae::graph {

/// `steps` up from `start` (nothing = the base of `domain`). With `branch`, only its members are entered.
/// `text` is the address for messages. Errors: HT0154 past the end; HT0155 a fork.
base::Result<Node> walk_up(const Graph& graph, const DomainName& domain, std::optional<Node> start, int steps,
                           const NodeSet* branch, std::string_view text);

/// `steps` down from `start`; nothing = the base, below the first revision.
/// Errors: HT0154 past the base; HT0155 a merge.
base::Result<std::optional<Node>> walk_down(const Graph& graph, Node start, int steps, std::string_view text);

}  // namespace haetae::graph
