// SPDX-License-Identifier: Apache-2.0
// The revision graph as a picture: lanes of text for a terminal, and Graphviz's language for everything else.
#pragma once

#include <span>
#include <string>

#include "outcome/revision_row.hpp"

namespace haetae::report {

/// A drawing a domain, newest revision first; dependencies are named beside the revision that has them. `rows` stand
/// with ancestors first.
std::string graph_text(std::span<const graph::DomainName> domains, std::span<const outcome::RevisionRow> rows);

/// A digraph with a cluster a domain. Arrows lead from what runs first to what runs after; those of `Depends on` are
/// dashed. Revisions outside `domains` that are depended on stand outside the clusters.
std::string graph_dot(std::span<const graph::DomainName> domains, std::span<const outcome::RevisionRow> rows);

}  // namespace haetae::report
