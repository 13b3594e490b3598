// SPDX-License-Identifier: Apache-2.0
// For what another process brings about: looks again and again, with a limit, instead of sleeping and hoping.
#pragma once

#include <chrono>
#include <functional>

namespace haetae::kit {

/// True as soon as `holds` says so; false when it has not within `limit`.
bool eventually(const std::function<bool()>& holds, std::chrono::seconds limit = std::chrono::seconds(30));

}  // namespace haetae::kit
