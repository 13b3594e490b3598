// SPDX-License-Identifier: Apache-2.0
// docs/safety.md begins with a tour. This walks it, line by line, with real roles, event triggers and the
// distribution's PgBouncer, and holds what the program says against what stands there. No password of the tour may be
// seen anywhere.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <regex>
#include <sstream>

#include "kit/pgbouncer.hpp"
#include "kit/project_folder.hpp"
#include "kit/sandbox_fixture.hpp"
#include "os/file.hpp"

namespace haetae::verbs {
namespace {

/// A fenced block: "console", or "toml haetae.toml" for a file that is to be written.
struct Block {
    std::string kind;
    std::string name;
    std::string text{};
};

std::vector<Block> tour_blocks() {
    const auto page = os::read_file(HAETAE_SOURCE "/docs/safety.md", std::size_t{1} << 20);
    if (!page) return {};
    std::istringstream lines(page->substr(page->find("## A tour")));
    std::vector<Block> blocks;
    bool is_inside = false;
    for (std::string line; std::getline(lines, line) && !(line.starts_with("## ") && line != "## A tour");) {
        if (!line.starts_with("```")) {
            if (is_inside) blocks.back().text += line + "\n";
            continue;
        }
        is_inside = !is_inside;
        if (!is_inside) continue;
        const auto blank = line.find(' ');
        blocks.push_back({.kind = line.substr(3, blank == std::string::npos ? blank : blank - 3),
                          .name = blank == std::string::npos ? "" : line.substr(blank + 1)});
    }
    return blocks;
}

/// Times, durations and versions differ from run to run.
std::string normalised(const std::string& text) {
    static const std::pair<std::regex, const char*> changes[] = {
        {std::regex(R"(\d{4}-\d\d-\d\d)"), "<day>"},
        {std::regex(R"(<day> \d\d:\d\d:\d\d(\.\d+)?(\+00)?)"), "<time>"},
        {std::regex(R"(<day> \d\d:\d\d:\d\d(\.\d+)?)"), "<time>"},
        {std::regex(R"(in \d+\.\d+ s)"), "in <seconds>"},
        {std::regex(R"(server process \d+)"), "server process <number>"},
        {std::regex(R"(/\d{8}_)"), "/<day>_"},
    };
    auto result = text;
    for (const auto& [pattern, replacement] : changes) result = std::regex_replace(result, pattern, replacement);
    return result;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

class SafetyTour : public testing::Test {
 protected:
    void SetUp() override {
        auto started = sandbox::Cluster::start();
        ASSERT_TRUE(started.ok());
        cluster.emplace(std::move(started).value());
        auto super = kit::connect_to(cluster->url());
        kit::first_cell(super, "CREATE DATABASE shop");
        kit::first_cell(super, "ALTER SYSTEM SET log_statement = 'all'");
        kit::first_cell(super, "SELECT pg_reload_conf()");
        pooler.emplace(cluster->url().with("dbname", "shop").with("user", "migration_user"), "transaction", 4);
    }

    [[nodiscard]] std::string url_of(const std::string& role, const pg::ConnectionUrl& server) const {
        const auto port = server.value("port");
        return fmt::format("postgresql://{0}:{0}-sesame@/shop?host={1}&port={2}", role, server.value("host"),
                           port.empty() ? "5432" : port);
    }

    [[nodiscard]] std::string in_words_of_the_page(std::string text) const {
        text = replaced(std::move(text), "the socket in " + cluster->url().value("host"), "db.example.com");
        return replaced(std::move(text), "the socket in " + pooler->url().value("host"), "pooler.example.com");
    }

    /// What `line` says, typed in a shell after a command that ended with `before`.
    os::Finished typed(const std::string& line, bool by_pipeline, int before) {
        auto command = project.command("", {"-c", fmt::format("(exit {}); {}", before, line)});
        command.program = "/bin/sh";
        const auto server = cluster->url();
        command.environment = {{"PATH", std::string(HAETAE_BUILD) + ":" + std::getenv("PATH")},
                               {"ADMIN_DB_URL", url_of("postgres", server)},
                               {"MIGRATION_DB_URL", url_of("migration_user", server)},
                               {"POOLER_DB_URL", url_of("migration_user", pooler->url())},
                               {"APP_DB_URL", url_of("app_user", server)},
                               {"HAETAE_MIGRATION_PASSWORD", "migration_user-sesame"},
                               {"HAETAE_APP_PASSWORD", "app_user-sesame"},
                               {"DATABASE_URL", std::nullopt},
                               {"CI", std::nullopt},
                               {"GITLAB_CI", std::nullopt},
                               {"GITHUB_ACTIONS", std::nullopt}};
        if (by_pipeline) {
            for (const auto& [name, value] :
                 std::vector<std::pair<std::string, std::string>>{{"GITHUB_ACTIONS", "true"},
                                                                  {"GITHUB_SERVER_URL", "https://github.com"},
                                                                  {"GITHUB_REPOSITORY", "shop/server"},
                                                                  {"GITHUB_RUN_ID", "77"},
                                                                  {"GITHUB_ACTOR", "kim"},
                                                                  {"GITHUB_SHA", "0123abcd"}}) {
                std::erase_if(command.environment, [&name = name](const auto& entry) { return entry.first == name; });
                command.environment.emplace_back(name, value);
            }
        }
        auto finished = os::run(command, std::chrono::minutes(2));
        EXPECT_TRUE(finished.ok()) << finished.error().sentence;
        if (!finished) return {};
        everything += finished->output;
        return *std::move(finished);
    }

    /// The block as it is now: its commands, each with what it says.
    std::string walked(const Block& block) {
        std::string text;
        std::istringstream lines(block.text);
        for (std::string line; std::getline(lines, line);) {
            if (!line.starts_with("$ ")) continue;
            const auto finished = typed(line.substr(2), block.name == "pipeline", exit_code);
            exit_code = finished.exit_code;
            text += line + "\n" + in_words_of_the_page(finished.output);
        }
        return text;
    }

    kit::EnvironmentGuard environment;
    std::optional<sandbox::Cluster> cluster;
    std::optional<kit::PgBouncer> pooler;
    kit::ProjectFolder project{std::string(HAETAE_BUILD) + "/haetae", ""};
    std::string everything;  ///< that was said
    int exit_code = 0;       ///< of the last command
};

TEST_F(SafetyTour, goes_as_the_page_says) {
    const auto blocks = tour_blocks();
    ASSERT_GT(blocks.size(), 8U);
    const auto port = cluster->url().value("port");
    const auto socket =
        fmt::format("/shop?host={}&port={}", cluster->url().value("host"), port.empty() ? "5432" : port);
    for (const auto& block : blocks) {
        if (block.kind == "console") {
            EXPECT_EQ(normalised(walked(block)), normalised(block.text));
        } else {
            ASSERT_FALSE(block.name.empty()) << block.text;
            project.write(block.name, replaced(block.text, "db.example.com/shop", socket));
        }
    }
    // The guard is in place now, and lets those pass who set up the roles, by haetae and by its printed statements.
    for (const auto* line : {"haetae roles apply -e production", "haetae roles sql -e production > roles.sql",
                             "psql -qX -v ON_ERROR_STOP=1 -f roles.sql \"$ADMIN_DB_URL\"",
                             "haetae roles check -e production", "haetae guard check -e production"}) {
        const auto finished = typed(line, false, 0);
        EXPECT_EQ(finished.exit_code, 0) << line << "\n" << finished.output;
    }
    auto super = kit::connect_to(cluster->url().with("dbname", "shop"));
    const auto ledger = kit::first_cell(super, "SELECT string_agg(l::text, ' ') FROM haetae.ledger AS l");
    const auto log = cluster->log();
    EXPECT_NE(log.find("CREATE TABLE users.accounts"), std::string::npos) << "the server logs statements";
    for (const auto& text : {everything, ledger, log}) {
        EXPECT_EQ(text.find("-sesame"), std::string::npos) << text;
    }
}

}  // namespace
}  // namespace haetae::verbs
