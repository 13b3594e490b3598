// SPDX-License-Identifier: Apache-2.0
// setenv and unsetenv, undone in reverse order.
#include "kit/environment_guard.hpp"

#include <cstdlib>
#include <string_view>

extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace haetae::kit {

EnvironmentGuard::EnvironmentGuard() {
    std::vector<std::string> names;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const auto name = text.substr(0, text.find('='));
        // HAETAE_PG_BIN and HAETAE_PG_USER say how this machine runs servers: the tests need that too.
        const bool ours = name.starts_with("HAETAE_") && !name.starts_with("HAETAE_PG_");
        if (ours || name.starts_with("PG") || name == "CI" || name == "GITHUB_ACTIONS" || name == "GITLAB_CI" ||
            name == "DATABASE_URL")
            names.emplace_back(name);
    }
    for (const auto& name : names) clear(name);
}

EnvironmentGuard::~EnvironmentGuard() {
    for (auto change = before_.rbegin(); change != before_.rend(); ++change) {
        const auto& [name, value] = *change;
        if (value) {
            ::setenv(name.c_str(), value->c_str(), 1);
        } else {
            ::unsetenv(name.c_str());
        }
    }
}

void EnvironmentGuard::remember(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    before_.emplace_back(name, value == nullptr ? std::nullopt : std::optional<std::string>(value));
}

void EnvironmentGuard::set(const std::string& name, const std::string& value) {
    remember(name);
    ::setenv(name.c_str(), value.c_str(), 1);
}

void EnvironmentGuard::clear(const std::string& name) {
    remember(name);
    ::unsetenv(name.c_str());
}

}  // namespace haetae::kit
