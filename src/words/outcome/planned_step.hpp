// SPDX-License-Identifier: Apache-2.0
// One step of a plan as reports show it: the revision, its statements, and what becomes of the version rows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "outcome/part_text.hpp"
#include "outcome/revision_row.hpp"

namespace haetae::outcome {

struct PlannedStep {
    RevisionRow row;
    bool is_up = true;
    std::string version_table{};            ///< "users.alembic_version"
    std::vector<graph::RevisionId> from{};  ///< rows of the domain before, sorted
    std::vector<graph::RevisionId> to{};    ///< rows after, sorted
    PartText part{};
    std::optional<std::string> irreversible{};  ///< why a step down has no statements: the file's reason, or ""
    std::size_t backfills = 0;                  ///< parts that run in batches after these statements
    bool operator==(const PlannedStep&) const = default;
};

struct PlannedRun {
    bool is_up = true;
    std::vector<PlannedStep> steps{};
    bool operator==(const PlannedRun&) const = default;
};

}  // namespace haetae::outcome
