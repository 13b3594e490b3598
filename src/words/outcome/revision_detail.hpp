// SPDX-License-Identifier: Apache-2.0
// One revision with all that `show` tells: its neighbours in the graph and its SQL.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "outcome/part_text.hpp"
#include "outcome/revision_row.hpp"

namespace haetae::outcome {

/// A backfill as its marker says it.
struct BackfillText {
    std::vector<std::pair<std::string, std::string>> options{};
    PartText part{};
    bool operator==(const BackfillText&) const = default;
};

struct RevisionDetail {
    RevisionRow row;
    std::vector<graph::RevisionId> children{};
    std::vector<RevisionName> dependents{};  ///< revisions that say `Depends on` this one
    std::vector<graph::RevisionId> replaces{};
    std::vector<std::pair<std::string, std::string>> extra{};  ///< `X-…` keys
    PartText up{};
    std::vector<BackfillText> backfills{};
    std::optional<PartText> down{};  ///< absent: irreversible
    std::string irreversible_reason{};
    bool operator==(const RevisionDetail&) const = default;
};

}  // namespace haetae::outcome
