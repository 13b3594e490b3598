// SPDX-License-Identifier: Apache-2.0
// GitHub: docs "Default environment variables"; GitLab: docs "Predefined CI/CD variables".
#include "verbs/runner.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "os/environment.hpp"
#include "os/terminal.hpp"
#include "os/user.hpp"
#include "pg/connection_url.hpp"

namespace haetae::verbs {

namespace {

std::string variable(const char* name) {
    return os::environment_variable(name).value_or("");
}

std::string host_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string();
}

/// Takes the values of its variables; those that are unset or empty are missing.
class CiReader {
 public:
    explicit CiReader(std::string system) { run_.system = std::move(system); }
    std::string read(const std::string& name) {
        auto value = variable(name.c_str());
        if (value.empty()) run_.missing.push_back(name);
        return value;
    }
    CiReader& run(std::string text) { return set(run_.run, std::move(text)); }
    CiReader& actor(const std::string& name) { return set(run_.actor, read(name)); }
    CiReader& commit(const std::string& name) { return set(run_.commit, read(name)); }
    policy::CiRun take() { return std::move(run_); }

 private:
    CiReader& set(std::string& field, std::string text) {
        field = std::move(text);
        return *this;
    }
    policy::CiRun run_;
};

policy::CiRun identified_run(const settings::Ci& configured) {
    if (variable("GITHUB_ACTIONS") == "true") {
        CiReader reader("GitHub Actions");
        const auto server = reader.read("GITHUB_SERVER_URL");
        const auto repository = reader.read("GITHUB_REPOSITORY");
        const auto id = reader.read("GITHUB_RUN_ID");
        reader.run(server + "/" + repository + "/actions/runs/" + id);
        return reader.actor("GITHUB_ACTOR").commit("GITHUB_SHA").take();
    }
    if (variable("GITLAB_CI") == "true") {
        CiReader reader("GitLab");
        reader.run(reader.read("CI_JOB_URL"));
        return reader.actor("GITLAB_USER_LOGIN").commit("CI_COMMIT_SHA").take();
    }
    if (configured.is_set() && !variable(configured.run_env.c_str()).empty()) {
        CiReader reader("[ci] of haetae.toml");
        reader.run(reader.read(configured.run_env));
        return reader.actor(configured.actor_env).commit(configured.commit_env).take();
    }
    return {};
}

}  // namespace

policy::CiRun ci_run_of(const settings::Settings& settings) {
    auto run = identified_run(settings.ci);
    constexpr std::array descriptors{STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO};
    run.at_terminal = std::any_of(descriptors.begin(), descriptors.end(), os::is_terminal);
    return run;
}

ledger::Runner runner_of(const settings::Settings& settings, const cli::Given& given, std::string verb,
                         const pg::PoolingVerdict& pooling) {
    auto ci = identified_run(settings.ci);
    const auto reason = given.value("--reason").value_or(given.value("--break-glass").value_or(""));
    return {.verb = std::move(verb),
            .os_user = os::current_user().name,
            .host = host_name(),
            .tool_version = HAETAE_VERSION,
            .reason = pg::mask_passwords(reason),
            .ci_run = std::move(ci.run),
            .ci_actor = std::move(ci.actor),
            .ci_commit = std::move(ci.commit),
            .pooling = pooling.pooling == pg::Pooling::direct ? "" : pg::words_of(pooling.pooling)};
}

}  // namespace haetae::verbs
