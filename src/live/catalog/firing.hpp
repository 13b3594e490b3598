// SPDX-License-Identifier: Apache-2.0
// pg_trigger.tgenabled and pg_rewrite.ev_enabled.
#pragma once

#include <string>

#include "model/firing.hpp"

namespace haetae::catalog {

inline model::Firing firing(const std::string& letter) {
    if (letter == "D") return model::Firing::disabled;
    if (letter == "R") return model::Firing::replica;
    return letter == "A" ? model::Firing::always : model::Firing::origin;
}

}  // namespace haetae::catalog
