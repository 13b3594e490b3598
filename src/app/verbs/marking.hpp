// SPDX-License-Identifier: Apache-2.0
// `protect` and `unprotect`: one way with two ends.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "cli/talk.hpp"
#include "cli/verb.hpp"

namespace haetae::verbs {

/// Writes the mark: protected as `name`, or, where it is absent, not protected any more.
base::Result<cli::Output> set_mark(const cli::Given& given, cli::Talk& talk, const std::optional<std::string>& name);

}  // namespace haetae::verbs
