// SPDX-License-Identifier: Apache-2.0
// Every file is read once, before a server is started: a file that cannot be read costs nothing more.
#include "replay/history.hpp"

#include <algorithm>

#include "execute/ground.hpp"
#include "revisions/folder.hpp"

namespace haetae::replay {

base::Result<History> History::read(const settings::Settings& settings, const graph::Graph& graph,
                                    const graph::NodeSet& nodes) {
    History history{.settings = &settings, .graph = &graph};
    history.irreversible.resize(graph.size(), false);
    std::vector<bool> is_concerned(graph.domains().size(), false);
    for (const auto node : nodes.list()) {
        const auto parts = TRY(revisions::load_parts(settings, graph.at(node)));
        history.created_schemas.merge(execute::schemas_created_by(parts.up));
        history.irreversible[node] = !parts.down;
        is_concerned[graph.domain_index(node)] = true;
    }
    std::copy_if(settings.domains.begin(), settings.domains.end(), std::back_inserter(history.domains),
                 [&](const settings::Domain& domain) {
                     const auto index = graph.find_domain(domain.name.text());
                     return index && is_concerned[*index];
                 });
    return history;
}

}  // namespace haetae::replay
