// SPDX-License-Identifier: Apache-2.0
// A revision as a value: what the header of its file says. The SQL itself is not here; it is read when a plan needs it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/strong_id.hpp"

namespace haetae::graph {

using RevisionId = base::StrongId<struct RevisionIdTag>;
using DomainName = base::StrongId<struct DomainNameTag>;
using BranchLabel = base::StrongId<struct BranchLabelTag>;

/// A `Depends on` entry as written: an id, a partial id or a label, of this domain or of the one named.
struct DependencyRef {
    std::optional<DomainName> domain{};
    std::string name{};
    bool operator==(const DependencyRef&) const = default;
};

/// What a revision means for old code that is still running.
enum class Phase { expand, contract, data };

struct Revision {
    DomainName domain;
    RevisionId id;
    std::vector<RevisionId> parents{};  ///< `Revises`; empty = a base, several = a merge
    std::vector<DependencyRef> depends_on{};
    std::vector<BranchLabel> labels{};  ///< declared here (not the propagated ones)
    std::string message{};
    std::string created{};  ///< `Create Date` as written
    std::optional<Phase> phase{};
    std::vector<RevisionId> replaces{};
    std::vector<std::pair<std::string, std::string>> extra{};  ///< `X-…` keys, in order
    std::string file{};                                        ///< path relative to the project root

    bool operator==(const Revision&) const = default;
};

}  // namespace haetae::graph
