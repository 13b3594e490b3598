// SPDX-License-Identifier: Apache-2.0
// Every verb, made by the build from the files of this room that define one.
#pragma once

#include <span>

#include "cli/verb.hpp"

namespace haetae::verbs {

std::span<const cli::Verb* const> verb_list();

}  // namespace haetae::verbs
