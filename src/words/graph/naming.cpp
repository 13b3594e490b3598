// SPDX-License-Identifier: Apache-2.0
// Names and short lists of names for messages.
#include "graph/naming.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace haetae::graph {

std::string name_of(const Graph& graph, Node node) {
    const auto& revision = graph.at(node);
    if (graph.domains().size() == 1) return revision.id.text();
    return fmt::format("{}:{}", revision.domain.text(), revision.id.text());
}

std::string names_of(const Graph& graph, std::span<const Node> nodes) {
    constexpr std::size_t named_max = 8;
    std::string text;
    for (const Node node : nodes.first(std::min(nodes.size(), named_max))) {
        text += fmt::format("{}{}", text.empty() ? "" : ", ", name_of(graph, node));
    }
    if (nodes.size() > named_max) text += fmt::format(" and {} more", nodes.size() - named_max);
    return text;
}

std::string names_of(std::span<const DomainName> domains) {
    std::string text;
    for (const auto& domain : domains) text += fmt::format("{}{}", text.empty() ? "" : ", ", domain.text());
    return text;
}

}  // namespace haetae::graph
