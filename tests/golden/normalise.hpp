// SPDX-License-Identifier: Apache-2.0
// What differs from run to run, and how it is written in the expected files: <project>, <today>, <now>, <time>, <id1> …
// Everything else must come out the same to the byte.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "case.hpp"

namespace haetae::golden {

/// Texts of this run (paths, host, server version) with the word that stands for each, longest first.
using Words = std::vector<std::pair<std::string, std::string>>;

/// `days` are the dates in UTC at the run's start and end, as 2026-11-22.
Outcome normalised(Outcome outcome, const Words& words, const std::vector<std::string>& days);

}  // namespace haetae::golden
