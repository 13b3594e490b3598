// SPDX-License-Identifier: Apache-2.0
// Does a revision take away what code that still runs may use? Its header says so; where it says nothing, its
// statements do, on the safe side.
#pragma once

#include <optional>
#include <string>

#include "graph/revision.hpp"
#include "revisions/parts.hpp"

namespace haetae::policy {

/// Why the way up of the revision is of phase contract ("its header says so", "DROP TABLE in line 12"); nothing where
/// it is not.
std::optional<std::string> why_contract(const graph::Revision& revision, const revisions::Parts& parts);

}  // namespace haetae::policy
