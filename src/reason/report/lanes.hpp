// SPDX-License-Identifier: Apache-2.0
// Draws a history with ASCII lanes beside its lines, as `git log --graph` does: newest above, a lane a branch, merges
// opening lanes and branch points closing them.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace haetae::report {

struct LaneNode {
    std::vector<std::size_t> parents{};  ///< positions in the span that is drawn
    std::string text{};                  ///< what stands beside the node
};

/// Every node after all of its children; each branch in one piece. `nodes` stand with parents before children; where
/// the history allows either, the later one is drawn first.
std::string draw_lanes(std::span<const LaneNode> nodes);

}  // namespace haetae::report
