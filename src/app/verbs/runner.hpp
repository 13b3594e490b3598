// SPDX-License-Identifier: Apache-2.0
// Who runs haetae: the operating system's user and host, and the CI system's run where it says so. Read from the
// process environment only; a .env file cannot claim to be CI.
#pragma once

#include <string>

#include "cli/verb.hpp"
#include "ledger/ledger.hpp"
#include "pg/pooling.hpp"
#include "policy/gate.hpp"
#include "settings/settings.hpp"

namespace haetae::verbs {

/// The run as its CI system tells it: GitHub Actions, GitLab, or the one that [ci] describes.
policy::CiRun ci_run_of(const settings::Settings& settings);

/// `verb` with its target, as the ledger is to show it: "upgrade head". The reason is that of --reason, or of
/// --break-glass.
ledger::Runner runner_of(const settings::Settings& settings, const cli::Given& given, std::string verb,
                         const pg::PoolingVerdict& pooling);

}  // namespace haetae::verbs
