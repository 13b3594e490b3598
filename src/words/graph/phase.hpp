// SPDX-License-Identifier: Apache-2.0
// The word that stands for a phase, in revision files and in reports.
#pragma once

#include <string_view>

#include "graph/revision.hpp"

namespace haetae::graph {

/// "expand", "contract" or "data".
std::string_view phase_word(Phase phase);

}  // namespace haetae::graph
