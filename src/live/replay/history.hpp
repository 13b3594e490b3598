// SPDX-License-Identifier: Apache-2.0
// The revisions that are to be replayed, with what was found out about all of them before the first one runs.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "graph/graph.hpp"
#include "graph/node_set.hpp"
#include "settings/settings.hpp"

namespace haetae::replay {

/// Settings and graph outlive it.
struct History {
    const settings::Settings* settings;
    const graph::Graph* graph;
    std::vector<settings::Domain> domains{};  ///< of the revisions, in dependency order
    std::set<std::string> created_schemas{};  ///< that they make themselves
    std::vector<bool> irreversible{};         ///< by node; false for those that were not read

    /// Reads the files of `nodes`. Whether they can be run is seen when they are. Errors: those of load_parts.
    static base::Result<History> read(const settings::Settings& settings, const graph::Graph& graph,
                                      const graph::NodeSet& nodes);
};

}  // namespace haetae::replay
