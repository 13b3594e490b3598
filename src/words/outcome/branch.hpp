// SPDX-License-Identifier: Apache-2.0
// A revision where history parts, with the revisions that follow it.
#pragma once

#include <vector>

#include "outcome/revision_row.hpp"

namespace haetae::outcome {

struct Branch {
    RevisionRow point;
    std::vector<RevisionRow> children{};
    bool operator==(const Branch&) const = default;
};

}  // namespace haetae::outcome
