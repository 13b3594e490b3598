// SPDX-License-Identifier: Apache-2.0
// What both programs are asked about a random history, and what each answers.
#pragma once

#include <string>
#include <vector>

#include "graph/graph.hpp"
#include "kit/random_graph.hpp"

namespace haetae::oracle {

enum class Verb { upgrade, downgrade, stamp };

struct Question {
    Verb verb = Verb::upgrade;
    std::vector<std::string> targets{};  ///< one, but for stamp
    std::vector<graph::RevisionId> rows{};
};

struct Answer {
    bool ok = false;
    std::vector<std::string> steps{};  ///< ids in order; empty for stamp
    std::vector<std::string> rows{};   ///< afterwards, sorted
    std::string refusal{};             ///< our code, or the kind of Alembic's exception
    std::string message{};
    std::string defect{};  ///< ours only: what is wrong with the plan in itself
};

/// A random question over the whole address language, sense and nonsense.
Question random_question(kit::Random& random, const graph::Graph& graph);

/// haetae's answer. Every step is replayed on the rows, so that a plan that could not run is found.
Answer our_answer(const graph::Graph& graph, const Question& question);

/// One line for the oracle: the history and the questions about it.
std::string request_line(const graph::Graph& graph, const std::vector<Question>& questions);

/// One line of the oracle's output.
Answer parse_answer(const std::string& line);

}  // namespace haetae::oracle
