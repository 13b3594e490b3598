// SPDX-License-Identifier: Apache-2.0
// The way of an upgrade or a downgrade: look, plan, check, lock, look again, run, say what stands.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/talk.hpp"
#include "cli/verb.hpp"
#include "plan/plan.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

/// --accept-edited, --out-of-order, --in-doubt, --reason, and those of an emergency.
std::vector<cli::Option> migration_options();

/// Moves the database of `given` to `target`. On failure the error says what the database holds.
base::Result<cli::Output> migrate(const cli::Given& given, cli::Talk& talk, plan::Direction direction,
                                  const std::string& target);

}  // namespace haetae::verbs
