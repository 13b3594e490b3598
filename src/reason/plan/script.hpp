// SPDX-License-Identifier: Apache-2.0
// A plan as a script that psql runs to the same end, version rows included. It looks at the version tables first and
// stops before it changes anything when they are not what the plan started from.
#pragma once

#include <string>
#include <vector>

#include "graph/revision.hpp"
#include "plan/plan.hpp"
#include "revisions/parts.hpp"
#include "settings/settings.hpp"

namespace haetae::plan {

struct ScriptStep {
    settings::Domain domain;
    graph::RevisionId revision;
    std::string message;
    Direction direction = Direction::up;
    std::vector<RowChange> row_changes{};
    revisions::Part part{};
};

struct Script {
    std::string command;                      ///< "upgrade head", for its first line
    std::vector<settings::Domain> domains{};  ///< whose rows are checked, and made where they are missing
    VersionRows rows{};                       ///< what it starts from
    std::vector<ScriptStep> steps{};
    std::vector<StampChange> stamps{};  ///< rows that are set without running anything
    settings::Limits limits{};
};

std::string script_text(const Script& script);

}  // namespace haetae::plan
