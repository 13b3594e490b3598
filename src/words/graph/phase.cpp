// SPDX-License-Identifier: Apache-2.0
// Phases as users write them.
#include "graph/phase.hpp"

#include "base/bug.hpp"

namespace haetae::graph {

std::string_view phase_word(Phase phase) {
    switch (phase) {
        case Phase::expand:
            return "expand";
        case Phase::contract:
            return "contract";
        case Phase::data:
            return "data";
    }
    BUG("a phase without a word");
}

}  // namespace haetae::graph
