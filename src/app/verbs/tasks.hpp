// SPDX-License-Identifier: Apache-2.0
// The steps of a plan with their SQL: read and checked before anything runs, kept while they are small, read again when
// their turn comes where they are not.
#pragma once

#include <functional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "execute/task.hpp"
#include "plan/plan.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

class Tasks {
 public:
    /// Reads and checks every step; `out_of_order` come first. Errors: those of load_parts and check_runnable; HT0623
    /// an id too long for its version table.
    static base::Result<Tasks> prepare(const Workspace& workspace, const ledger::VersionTables& tables,
                                       const plan::Plan& plan, std::span<const graph::Node> out_of_order);

    [[nodiscard]] std::size_t size() const { return steps_.size(); }
    [[nodiscard]] const plan::Step& step(std::size_t index) const { return steps_[index]; }
    /// Schemas that a step of the way up makes by CREATE SCHEMA without IF NOT EXISTS.
    [[nodiscard]] const std::set<std::string>& created_schemas() const { return created_schemas_; }
    /// With its SQL, which is given away.
    base::Result<execute::Task> take(const Workspace& workspace, std::size_t index);

 private:
    std::vector<plan::Step> steps_;
    std::vector<execute::Task> tasks_;
    std::vector<bool> is_kept_;
    std::set<std::string> created_schemas_;
};

}  // namespace haetae::verbs
