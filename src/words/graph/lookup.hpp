// SPDX-License-Identifier: Apache-2.0
// From a name to the one revision it means: exact ids and labels first, then beginnings of them. The place where "which
// one did you mean" is answered, so that every command answers it in the same words.
#pragma once

#include <span>
#include <string_view>

#include "base/result.hpp"
#include "graph/graph.hpp"
#include "graph/node_set.hpp"

namespace haetae::graph {

/// Finds `name` in `domains`. With `branch`, a beginning counts only inside that set, and an exact name outside it is
/// refused in the name of `branch_name`.
/// Errors: HT0150 unknown; HT0152 ambiguous, with the candidates; HT0158 not in the branch.
base::Result<Node> find_name(const Graph& graph, std::span<const DomainName> domains, std::string_view name,
                             const NodeSet* branch, std::string_view branch_name);

}  // namespace haetae::graph
