// SPDX-License-Identifier: Apache-2.0
// Where haetae's answer differs from Alembic's on purpose. Each difference has a name, which is also its heading in
// docs/reference/revisions-language.md; a difference without a name is a mistake.
#pragma once

#include <string_view>
#include <vector>

#include "oracle/plan/question.hpp"

namespace haetae::oracle {

/// "same", the name of an intended difference, or "" where the difference is not intended.
std::string_view compare(const graph::Graph& graph, const Question& question, const Answer& ours,
                         const Answer& alembic);

/// The names of all intended differences.
std::vector<std::string_view> difference_names();

}  // namespace haetae::oracle
