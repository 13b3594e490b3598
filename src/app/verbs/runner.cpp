// SPDX-License-Identifier: Apache-2.0
// GitHub: docs "Default environment variables"; GitLab: docs "Predefined CI/CD variables".
#include "verbs/runner.hpp"

#include <unistd.h>

#include <array>

#include "os/environment.hpp"
#include "os/user.hpp"

namespace haetae::verbs {

namespace {

std::string variable(const char* name) {
    return os::environment_variable(name).value_or("");
}

std::string host_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string();
}

}  // namespace

ledger::Runner runner_of(const cli::Given& given, std::string verb) {
    ledger::Runner runner{.verb = std::move(verb),
                          .os_user = os::current_user().name,
                          .host = host_name(),
                          .tool_version = HAETAE_VERSION,
                          .reason = given.value("--reason").value_or("")};
    if (variable("GITHUB_ACTIONS") == "true") {
        runner.ci_run = variable("GITHUB_SERVER_URL") + "/" + variable("GITHUB_REPOSITORY") + "/actions/runs/" +
                        variable("GITHUB_RUN_ID");
        runner.ci_actor = variable("GITHUB_ACTOR");
        runner.ci_commit = variable("GITHUB_SHA");
    } else if (variable("GITLAB_CI") == "true") {
        runner.ci_run = variable("CI_JOB_URL");
        runner.ci_actor = variable("GITLAB_USER_LOGIN");
        runner.ci_commit = variable("CI_COMMIT_SHA");
    }
    return runner;
}

}  // namespace haetae::verbs
