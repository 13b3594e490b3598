// SPDX-License-Identifier: Apache-2.0
// Random histories for tests: several bases, forks, merges, labels and dependencies, with ids that share beginnings so
// that abbreviations collide. The same seed makes the same history everywhere.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.hpp"
#include "graph/revision.hpp"

namespace haetae::kit {

using Random = std::mt19937_64;

/// A number below `bound`, the same on every standard library.
inline std::size_t below(Random& random, std::size_t bound) {
    return static_cast<std::size_t>(random() % bound);
}
/// True `percent` times in a hundred.
inline bool chance(Random& random, unsigned percent) {
    return random() % 100 < percent;
}

/// A sound history of `count` revisions in `domain`, ancestors first; no merge has a parent's ancestor as parent.
std::vector<graph::Revision> random_revisions(Random& random, std::string_view domain, std::size_t count);

/// The nodes of a random state that some run could have reached: everything an applied revision stands on is applied.
std::vector<graph::Node> random_applied(Random& random, const graph::Graph& graph);

/// The rows of such a state for one domain: applied nodes on which no applied node of the domain stands, sorted.
std::vector<graph::RevisionId> rows_of(const graph::Graph& graph, const graph::DomainName& domain,
                                       const std::vector<graph::Node>& applied);

}  // namespace haetae::kit
