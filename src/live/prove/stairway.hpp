// SPDX-License-Identifier: Apache-2.0
// The stairway: each revision up, down and up again on what stands before it; then all of them down, newest first, and
// up again. The number of revisions that run grows with the length of the history, not with its square.
#pragma once

#include <functional>
#include <string_view>

#include "base/result.hpp"
#include "graph/node_set.hpp"
#include "outcome/proof.hpp"
#include "replay/history.hpp"

namespace haetae::prove {

/// What is to be tried.
struct Task {
    graph::NodeSet chosen;   ///< proven one by one
    graph::NodeSet applied;  ///< these, and all that they stand on
};

/// What is being done: before each revision, with how many steps are done of how many.
using Tell = std::function<void(std::size_t done, std::size_t total, graph::Node node, std::string_view doing)>;

/// Starts a throw-away server and climbs. A revision whose up fails takes out those that stand on it; the others go on.
/// Errors: what is no revision's fault, and a revision that is not chosen and fails: those of Replay and of
/// take_portrait; HT0620, HT0621 interrupted.
base::Result<outcome::Verification> climb(replay::History history, const Task& task, const Tell& tell);

}  // namespace haetae::prove
