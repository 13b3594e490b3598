// SPDX-License-Identifier: Apache-2.0
// What was given on a command line.
#include "cli/verb.hpp"

namespace haetae::cli {

std::optional<std::string> Given::value(std::string_view name) const {
    const auto found = options.find(name);
    if (found == options.end() || found->second.empty()) return std::nullopt;
    return found->second.back();
}

std::vector<std::string> Given::values(std::string_view name) const {
    const auto found = options.find(name);
    return found == options.end() ? std::vector<std::string>{} : found->second;
}

}  // namespace haetae::cli
