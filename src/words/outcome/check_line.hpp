// SPDX-License-Identifier: Apache-2.0
// One line of a check-up: what was looked at, how it stands, and what mends it.
#pragma once

#include <string>

namespace haetae::outcome {

struct CheckLine {
    enum class State {
        ok,
        warning,
        failure,
        unseen,  ///< could not be looked at; `text` says why
    };
    State state = State::ok;
    std::string topic;     ///< "domain users", "pooler"
    std::string text{};    ///< without a full stop
    std::string remedy{};  ///< of a warning or a failure
    bool operator==(const CheckLine&) const = default;
};

}  // namespace haetae::outcome
