// SPDX-License-Identifier: Apache-2.0
// Runs golden cases: `golden_runner [--accept] HAETAE FOLDER…`, where a folder is a case or holds cases. Shows the
// difference of each that does not hold; with --accept, writes what came out as what is expected.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "case.hpp"
#include "connect/connection.hpp"
#include "normalise.hpp"
#include "os/clock.hpp"
#include "os/file.hpp"
#include "os/process.hpp"
#include "os/temp_dir.hpp"
#include "sandbox/cluster.hpp"

namespace haetae::golden {
namespace {

namespace fs = std::filesystem;

// One server for all cases of a run, and in it one database at a time, always of the same name.
class Server {
 public:
    base::Result<std::string> fresh_database() {
        if (!cluster_) cluster_ = TRY(sandbox::Cluster::start());
        auto connection = TRY(connect::Connection::open(cluster_->url(), {}));
        TRY(connection.simple("DROP DATABASE IF EXISTS golden WITH (FORCE)"));
        TRY(connection.simple("CREATE DATABASE golden TEMPLATE template0"));
        version_ = TRY(connection.simple("SHOW server_version")).text(0, 0);
        const auto url = cluster_->url().with("dbname", "golden");
        return fmt::format("postgresql:///golden?host={}&user={}{}", url.value("host"), url.value("user"),
                           url.value("port").empty() ? "" : "&port=" + url.value("port"));
    }

    [[nodiscard]] Words words() const {
        if (!cluster_) return {};
        return {{cluster_->url().value("host"), "<socket>"}, {version_, "<postgres>"}};
    }

 private:
    std::optional<sandbox::Cluster> cluster_;
    std::string version_;
};

std::string today() {
    return os::written_time(os::now()).substr(0, 10);
}

base::Result<Outcome> outcome_of(const Case& golden, const std::string& haetae, Server& server) {
    const auto folder = TRY(os::TempDir::make());
    Stage stage{.folder = os::absolute(folder.path())};
    if (golden.needs_server()) stage.database_url = TRY(server.fresh_database());

    const std::string day_before = today();
    auto outcome = TRY(perform(golden, stage, haetae));
    Words words{{stage.folder + "/project", "<project>"}, {stage.folder, "<temp>"}};
    for (auto& word : server.words()) words.push_back(std::move(word));
    char host[256] = "";
    if (::gethostname(host, sizeof host - 1) == 0) words.emplace_back(host, "<host>");
    return normalised(std::move(outcome), words, {day_before, today()});
}

void show_difference(const std::string& name, const std::string& expected, const std::string& actual) {
    if (expected == actual) return;
    const auto folder = os::TempDir::make();
    if (!folder) return;
    const std::string before = folder->path() + "/expected";
    const std::string after = folder->path() + "/actual";
    if (!os::write_file(before, expected) || !os::write_file(after, actual)) return;
    const auto shown = os::run(
        {.program = "diff", .arguments = {"-u", "--label", name + " (expected)", "--label", name, before, after}},
        std::chrono::seconds(30));
    std::fputs(shown ? shown->output.c_str() : actual.c_str(), stdout);
}

bool run_case(const Case& golden, const std::string& haetae, bool accept, Server& server) {
    const auto outcome = outcome_of(golden, haetae, server);
    if (!outcome) {
        fmt::print("{}: {} {}\n", golden.folder, outcome.error().sentence, outcome.error().hint);
        return false;
    }
    const Outcome expected = golden.expected();
    if (*outcome == expected) return true;
    fmt::print("{}: {}\n", golden.folder, accept ? "accepted" : "does not hold");
    if (accept) return golden.accept(*outcome).ok();
    show_difference("stdout", expected.out, outcome->out);
    show_difference("stderr", expected.err, outcome->err);
    show_difference("exit_code", std::to_string(expected.exit_code) + "\n", std::to_string(outcome->exit_code) + "\n");
    return false;
}

std::vector<Case> cases_below(const std::string& folder) {
    std::vector<Case> cases;
    if (os::is_file(folder + "/command")) cases.push_back({folder});
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_directory() && os::is_file(entry.path().string() + "/command")) {
            cases.push_back({entry.path().string()});
        }
    }
    std::sort(cases.begin(), cases.end(), [](const Case& a, const Case& b) { return a.folder < b.folder; });
    return cases;
}

int run(std::vector<std::string> words) {
    const bool accept = !words.empty() && words.front() == "--accept";
    if (accept) words.erase(words.begin());
    if (words.size() < 2) {
        std::fputs("usage: golden_runner [--accept] HAETAE FOLDER...\n", stderr);
        return 2;
    }
    Server server;
    std::size_t count = 0;
    std::size_t failed = 0;
    for (auto folder = words.begin() + 1; folder != words.end(); ++folder) {
        for (const Case& golden : cases_below(os::absolute(*folder))) {
            ++count;
            if (!run_case(golden, os::absolute(words.front()), accept, server)) ++failed;
        }
    }
    fmt::print("{} cases, {} failed\n", count, failed);
    return count > 0 && failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace haetae::golden

int main(int argc, char** argv) {
    return haetae::golden::run(std::vector<std::string>(argv + 1, argv + argc));
}
