// SPDX-License-Identifier: Apache-2.0
// One step of a plan with all that running it needs: the domain's tables, the SQL, the row changes.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "graph/graph.hpp"
#include "plan/plan.hpp"
#include "revisions/parts.hpp"
#include "settings/settings.hpp"

namespace haetae::execute {

struct Task {
    settings::Domain domain;
    graph::RevisionId revision;
    plan::Direction direction = plan::Direction::up;
    std::vector<plan::RowChange> row_changes{};  ///< none for a revision that is run out of order
    revisions::Part part{};
    std::string up_checksum{};
    std::string down_checksum{};
    std::string path{};  ///< of the file, absolute: read again only to show the line that failed
    std::string file{};  ///< as users name it
    bool out_of_order = false;

    [[nodiscard]] std::string direction_word() const { return direction == plan::Direction::up ? "up" : "down"; }
};

/// The parts of a revision that is to run that way. Errors: those of load_parts and check_runnable.
base::Result<revisions::Parts> runnable_parts(const settings::Settings& settings, const graph::Revision& revision,
                                              plan::Direction direction);

/// The task of a step, with its SQL. Errors: those of runnable_parts.
base::Result<Task> read_task(const settings::Settings& settings, const graph::Graph& graph, const plan::Step& step,
                             bool out_of_order = false);

}  // namespace haetae::execute
