// SPDX-License-Identifier: Apache-2.0
// The way of an upgrade or a downgrade: look, plan, check, lock, look again, run, say what stands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cli/talk.hpp"
#include "cli/verb.hpp"
#include "execute/session.hpp"
#include "plan/plan.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

/// --accept-edited, --out-of-order, --reason.
std::vector<cli::Option> migration_options();

/// The session that changes the database, with the migrator lock; waits for another migrator and says for whom.
base::Result<execute::Session> begin_session(const target::Target& target, cli::Talk& talk, std::string_view verb);

/// Moves the database of `given` to `target`. On failure the error says what the database holds.
base::Result<cli::Output> migrate(const cli::Given& given, cli::Talk& talk, plan::Direction direction,
                                  const std::string& target);

}  // namespace haetae::verbs
