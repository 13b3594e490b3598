// SPDX-License-Identifier: Apache-2.0
// getenv, as a value.
#include "os/environment.hpp"

#include <cstdlib>

namespace haetae::os {

std::optional<std::string> environment_variable(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) return std::nullopt;
    return std::string(value);
}

}  // namespace haetae::os
