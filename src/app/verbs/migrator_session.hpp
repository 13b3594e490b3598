// SPDX-License-Identifier: Apache-2.0
// The session that changes a database, and what is said while it works and waits.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "cli/talk.hpp"
#include "execute/executor.hpp"
#include "execute/session.hpp"
#include "target/target.hpp"

namespace haetae::verbs {

/// The session that changes the database, with the migrator lock; waits for another migrator and says for whom.
base::Result<execute::Session> begin_session(const target::Target& target, cli::Talk& talk, std::string_view verb);

/// Says the events of a run.
execute::Tell teller(cli::Talk& talk);

}  // namespace haetae::verbs
