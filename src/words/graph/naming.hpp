// SPDX-License-Identifier: Apache-2.0
// How messages name revisions: by id where a project has one domain, as `domain:id` where it has several, which is also
// what a user may type.
#pragma once

#include <span>
#include <string>

#include "graph/graph.hpp"

namespace haetae::graph {

/// "aaaa01" or "users:aaaa01".
std::string name_of(const Graph& graph, Node node);

/// "aaaa01, bbbb02 and 7 more": at most eight are named.
std::string names_of(const Graph& graph, std::span<const Node> nodes);

/// "users, character"
std::string names_of(std::span<const DomainName> domains);

}  // namespace haetae::graph
