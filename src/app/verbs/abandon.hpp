// SPDX-License-Identifier: Apache-2.0
// `haetae upgrade --abandon`: what stopped part-way is not taken up again. Nothing in the database is undone; the
// version rows stay as they are, and the ledger says who gave it up.
#pragma once

#include "base/result.hpp"
#include "cli/talk.hpp"
#include "cli/verb.hpp"

namespace haetae::verbs {

/// Error: HT0173 a target was given too.
base::Result<cli::Output> abandon(const cli::Given& given, cli::Talk& talk);

}  // namespace haetae::verbs
