// SPDX-License-Identifier: Apache-2.0
// The process environment, asked in one place.
#pragma once

#include <optional>
#include <string>

namespace haetae::os {

/// Absent = unset; "" = set but empty.
std::optional<std::string> environment_variable(const std::string& name);

}  // namespace haetae::os
