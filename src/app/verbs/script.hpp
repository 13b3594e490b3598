// SPDX-License-Identifier: Apache-2.0
// `--sql`: what upgrade and downgrade would run, printed as a script for psql instead.
#pragma once

#include <string>

#include "base/result.hpp"
#include "cli/talk.hpp"
#include "cli/verb.hpp"
#include "plan/plan.hpp"

namespace haetae::verbs {

/// A range `FROM:TO` supposes that the database stands at FROM and asks no database; a single target starts from where
/// the database stands. Errors: HT0142 an option that only a run can obey; HT0701,
/// HT0702; those of planning and of check_runnable.
base::Result<cli::Output> script(const cli::Given& given, cli::Talk& talk, plan::Direction direction,
                                 const std::string& target);

/// The same for `stamp REV…`.
base::Result<cli::Output> stamp_as_script(const cli::Given& given, cli::Talk& talk);

}  // namespace haetae::verbs
