// SPDX-License-Identifier: Apache-2.0
// The program itself, killed at random moments of an upgrade of every kind of revision, and many of it at once: the
// next run finishes, each value is right, and rows, ledger and progress tell one story. HAETAE_CRASHES sets how often
// it is killed.
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <random>
#include <thread>

#include "kit/eventually.hpp"
#include "kit/project_folder.hpp"
#include "kit/sandbox_fixture.hpp"
#include "ledger/ledger.hpp"
#include "sandbox/socket_url.hpp"

namespace haetae::execute {
namespace {

using std::chrono::milliseconds;

class CrashTest : public kit::SandboxTest {
 protected:
    CrashTest() : project(std::string(HAETAE_BUILD) + "/haetae", "[domain.game]\n[domain.users]\n") {
        project.revision("users", "u1", "",
                         "-- migrate:up\nCREATE TABLE users.t (n bigint NOT NULL);\nINSERT INTO users.t VALUES (1)");
        project.revision("users", "u2", "u1", "-- migrate:up\nUPDATE users.t SET n = n * 2");
        project.revision("users", "u3", "u2",
                         "-- migrate:up\nUPDATE users.t SET n = n * 2;\nCREATE INDEX CONCURRENTLY i3 ON users.t (n);\n"
                         "UPDATE users.t SET n = n * 2;\nDROP INDEX CONCURRENTLY users.i3;\n"
                         "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i4 ON users.t (n)");
        project.revision("users", "u4", "u3",
                         "-- migrate:up transaction=off\nUPDATE users.t SET n = n * 2;\nVACUUM users.t;\n"
                         "DO $$ BEGIN UPDATE users.t SET n = n * 2; PERFORM pg_sleep(0.02); END $$;\n"
                         "DO $$ BEGIN UPDATE users.t SET n = 64 WHERE n = 32; COMMIT; PERFORM pg_sleep(0.01); END $$;\n"
                         "UPDATE users.t SET n = n * 2");
        project.revision("game", "g1", "", "-- migrate:up\nCREATE TABLE game.t AS SELECT n FROM users.t",
                         "-- Depends on: users:u4\n");
        project.revision("game", "g2", "g1", "-- migrate:up\nUPDATE game.t SET n = n * 2;\nSELECT pg_sleep(0.02)");
    }

    [[nodiscard]] std::string url_text() const {
        return sandbox::socket_url_text(url().value("host")) + "&dbname=" + url().value("dbname");
    }
    std::string cell(const std::string& sql) const {
        auto own = connection();
        return kit::first_cell(own, sql);
    }
    /// Everything that must hold once the history is applied, whatever happened on the way.
    void expect_applied(const std::string& when) const {
        EXPECT_EQ(cell("SELECT string_agg(n::text, ',') FROM users.t"), "128") << when;
        EXPECT_EQ(cell("SELECT string_agg(n::text, ',') FROM game.t"), "256") << when;
        EXPECT_EQ(cell("SELECT string_agg(version_num, ',') FROM users.alembic_version"), "u4") << when;
        EXPECT_EQ(cell("SELECT string_agg(version_num, ',') FROM game.alembic_version"), "g2") << when;
        EXPECT_EQ(cell("SELECT count(*) FROM haetae.progress"), "0") << when;
        EXPECT_EQ(cell("SELECT string_agg(revision, ' ' ORDER BY id) FROM haetae.ledger WHERE outcome = 'done'"),
                  "u1 u2 u3 u4 g1 g2")
            << when;
        EXPECT_EQ(cell("SELECT count(*) FROM pg_index WHERE NOT indisvalid"), "0") << when;
        EXPECT_EQ(cell("SELECT to_regclass('users.i3') IS NULL AND to_regclass('users.i4') IS NOT NULL"), "t") << when;
        auto books = connection();
        EXPECT_TRUE(ledger::broken_rows(books, "haetae").value().empty()) << when;
    }
    /// Between runs: a row stands for exactly the revisions whose "done" is in the ledger.
    void expect_agreement(const std::string& when) const {
        if (cell("SELECT to_regclass('haetae.ledger') IS NULL OR to_regclass('users.alembic_version') IS NULL") == "t")
            return;
        // In one statement: what the killed process had sent may be committed at any moment.
        EXPECT_EQ(
            cell("SELECT (SELECT coalesce(max(version_num), '') FROM users.alembic_version) = "
                 "(SELECT coalesce(max(revision), '') FROM haetae.ledger WHERE domain = 'users' AND outcome = 'done')"),
            "t")
            << when;
    }

    kit::ProjectFolder project;
};

int crashes_wanted() {
    const char* text = std::getenv("HAETAE_CRASHES");
    return text == nullptr ? 15 : std::atoi(text);
}

TEST_F(CrashTest, after_a_kill_at_any_moment_the_next_run_finishes) {
    const auto begin = std::chrono::steady_clock::now();
    const auto whole = project.run(url_text(), {"upgrade", "head"});
    ASSERT_EQ(whole.exit_code, 0) << whole.output;
    expect_applied("undisturbed");
    const auto took = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begin);

    std::minstd_rand random(20261125);
    int kills = 0;
    for (int round = 0; round < crashes_wanted(); ++round) {
        SetUp();  // a fresh database
        std::string when = "round " + std::to_string(round) + ", killed after";
        for (int attempt = 0; attempt < 2; ++attempt) {
            auto child = os::start(project.command(url_text(), {"upgrade", "head"}));
            ASSERT_TRUE(child);
            const milliseconds moment(std::uniform_int_distribution<int>(0, static_cast<int>(took.count()))(random));
            when += " " + std::to_string(moment.count()) + " ms";
            if (!child->wait(moment)) ++kills;
            child->end(SIGKILL, milliseconds(0));
            expect_agreement(when);
        }
        auto last = project.run(url_text(), {"upgrade", "head"});
        if (last.exit_code == 6 && last.output.find("HT0614") != std::string::npos) {
            // The block that commits by itself may not be repeated unseen. It is safe to repeat, so a person takes it
            // for what it is and says so in the file.
            EXPECT_NE(last.output.find("statement 4 of revision u4"), std::string::npos) << last.output;
            auto own = connection();
            ASSERT_TRUE(own.simple("DELETE FROM haetae.progress WHERE state = 'intended'"));
            last = project.run(url_text(), {"upgrade", "head"});
        }
        ASSERT_EQ(last.exit_code, 0) << when << "\n" << last.output;
        expect_applied(when);
    }
    EXPECT_GT(kills, crashes_wanted() / 3) << "the moments lie within the run";
}

TEST_F(CrashTest, of_a_crowd_each_ends_well_and_each_revision_runs_once) {
    std::vector<os::Child> crowd;
    for (int i = 0; i < 8; ++i) {
        auto command = project.command(url_text(), {"upgrade", "head"});
        command.output_file = project.path("output" + std::to_string(i));
        auto child = os::start(command);
        ASSERT_TRUE(child);
        crowd.push_back(*child);
    }
    for (std::size_t i = 0; i < crowd.size(); ++i) {
        const auto code = crowd[i].wait(milliseconds(100000));
        EXPECT_EQ(code, std::optional<os::ExitCode>(0)) << "process " << i;
        if (!code) crowd[i].end(SIGKILL, milliseconds(0));
    }
    expect_applied("after the crowd");
    EXPECT_EQ(cell("SELECT count(*) FROM haetae.ledger WHERE outcome = 'failed'"), "0");
}

}  // namespace
}  // namespace haetae::execute
