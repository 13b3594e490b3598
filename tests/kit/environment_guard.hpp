// SPDX-License-Identifier: Apache-2.0
// Sets and clears environment variables for one test, and puts back what was there. Every test that reaches a server
// uses one: PG* and CI of the machine it happens to run on must not decide its outcome.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace haetae::kit {

class EnvironmentGuard {
 public:
    /// Clears CI, GITHUB_ACTIONS, GITLAB_CI, DATABASE_URL, HAETAE_* and every PG* variable.
    EnvironmentGuard();
    EnvironmentGuard(const EnvironmentGuard&) = delete;
    EnvironmentGuard& operator=(const EnvironmentGuard&) = delete;
    ~EnvironmentGuard();

    void set(const std::string& name, const std::string& value);
    void clear(const std::string& name);

 private:
    void remember(const std::string& name);
    std::vector<std::pair<std::string, std::optional<std::string>>> before_;  ///< in the order they were changed
};

}  // namespace haetae::kit
