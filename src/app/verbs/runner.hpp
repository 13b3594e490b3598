// SPDX-License-Identifier: Apache-2.0
// Who runs haetae: the operating system's user and host, and the CI system's run where it says so. Read from the
// process environment only; a .env file cannot claim to be CI.
#pragma once

#include <string>

#include "cli/verb.hpp"
#include "ledger/ledger.hpp"

namespace haetae::verbs {

/// `verb` with its target, as the ledger is to show it: "upgrade head".
ledger::Runner runner_of(const cli::Given& given, std::string verb);

}  // namespace haetae::verbs
