// SPDX-License-Identifier: Apache-2.0
// Ctrl-C and SIGTERM, sent to the program itself: once ends tidily and says what the database holds, twice leaves at
// once, and the next run finds its way.
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <sstream>

#include "kit/eventually.hpp"
#include "kit/project_folder.hpp"
#include "kit/sandbox_fixture.hpp"
#include "sandbox/socket_url.hpp"

namespace haetae::execute {
namespace {

using std::chrono::milliseconds;

class InterruptTest : public kit::SandboxTest {
 protected:
    InterruptTest() : project(std::string(HAETAE_BUILD) + "/haetae", "[domain.game]\n") {
        project.revision("game", "g1", "",
                         "-- migrate:up\nCREATE TABLE game.t (n int);\nINSERT INTO game.t VALUES (1)");
    }
    std::string url_text() const {
        return sandbox::socket_url_text(url().value("host")) + "&dbname=" + url().value("dbname");
    }
    std::string cell(const std::string& sql) const {
        auto own = connection();
        return kit::first_cell(own, sql);
    }
    os::Child start_upgrade() const {
        auto command = project.command(url_text(), {"upgrade", "head"});
        command.output_file = project.path("output");
        return os::start(command).value();
    }
    std::string output() const {
        std::ostringstream text;
        text << std::ifstream(project.path("output")).rdbuf();
        return text.str();
    }
    /// Waits until a session of haetae does what `condition` on pg_stat_activity says.
    void wait_for(const std::string& condition) const {
        auto own = connection();
        ASSERT_TRUE(kit::eventually([&] {
            return kit::first_cell(own,
                                   "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND "
                                   "application_name LIKE 'haetae%' AND " +
                                       condition) != "0";
        })) << condition
            << "\n"
            << output();
    }
    static int code_of(os::Child& child) {
        const auto code = child.wait(milliseconds(30000));
        if (!code) child.end(SIGKILL, milliseconds(0));
        return code.value_or(-1);
    }
    void expect_finished_by_the_next_run(const std::string& head) const {
        const auto next = project.run(url_text(), {"upgrade", "head"});
        EXPECT_EQ(next.exit_code, 0) << next.output;
        EXPECT_EQ(cell("SELECT version_num FROM game.alembic_version"), head);
        EXPECT_EQ(cell("SELECT count(*) FROM haetae.progress"), "0");
    }

    kit::ProjectFolder project;
};

const std::string sleeps = "wait_event = 'PgSleep'";

struct SignalCase {
    const char* name;
    int number;
    int exit_code;
    const char* code;
};

class SignalTest : public InterruptTest, public testing::WithParamInterface<SignalCase> {};

TEST_P(SignalTest, once_cancels_the_statement_and_says_what_stands) {
    const auto& given = GetParam();
    project.revision("game", "g2", "g1", "-- migrate:up\nUPDATE game.t SET n = 2;\nSELECT pg_sleep(60)");
    auto child = start_upgrade();
    wait_for(sleeps);
    child.signal(given.number);
    EXPECT_EQ(code_of(child), given.exit_code);
    EXPECT_NE(output().find(given.code), std::string::npos) << output();
    EXPECT_NE(output().find("nothing of revision g2 of domain game remains"), std::string::npos) << output();
    EXPECT_NE(output().find("now game at g1"), std::string::npos) << output();
    EXPECT_EQ(cell("SELECT n FROM game.t"), "1");
    EXPECT_EQ(cell("SELECT version_num FROM game.alembic_version"), "g1");
    EXPECT_EQ(cell("SELECT outcome FROM haetae.ledger WHERE revision = 'g2'"), "failed");
}

TEST_P(SignalTest, twice_leaves_at_once_though_the_server_does_not_answer) {
    const auto& given = GetParam();
    project.revision("game", "g2", "g1", "-- migrate:up\nUPDATE game.t SET n = 2;\nSELECT pg_sleep(1)");
    auto child = start_upgrade();
    wait_for(sleeps);
    const int backend = std::stoi(cell("SELECT pid FROM pg_stat_activity WHERE " + sleeps));
    ASSERT_EQ(::kill(backend, SIGSTOP), 0);
    child.signal(given.number);
    EXPECT_FALSE(child.wait(milliseconds(300))) << "it waits for the answer to its cancellation";
    child.signal(given.number);
    EXPECT_EQ(code_of(child), given.exit_code);
    EXPECT_NE(output().find("left at once"), std::string::npos) << output();
    ASSERT_EQ(::kill(backend, SIGCONT), 0);
    expect_finished_by_the_next_run("g2");
    EXPECT_EQ(cell("SELECT n FROM game.t"), "2");
}

TEST_P(SignalTest, ends_the_wait_for_a_table) {
    const auto& given = GetParam();
    project.revision("game", "g2", "g1", "-- migrate:up\nALTER TABLE game.t ADD m int");
    ASSERT_EQ(project.run(url_text(), {"upgrade", "g1"}).exit_code, 0);
    auto holder = connection();
    ASSERT_TRUE(holder.simple("BEGIN; SELECT count(*) FROM game.t"));
    auto child = start_upgrade();
    wait_for("wait_event_type = 'Lock'");
    child.signal(given.number);
    EXPECT_EQ(code_of(child), given.exit_code);
    EXPECT_NE(output().find("nothing of revision g2"), std::string::npos) << output();
    ASSERT_TRUE(holder.simple("COMMIT"));
    expect_finished_by_the_next_run("g2");
}

TEST_P(SignalTest, ends_the_wait_for_another_migrator) {
    const auto& given = GetParam();
    project.revision("game", "g2", "g1", "-- migrate:up\nSELECT pg_sleep(60)");
    auto first = start_upgrade();
    wait_for(sleeps);
    auto second = start_upgrade();
    ASSERT_TRUE(kit::eventually([&] { return output().find("waiting for another migrator") != std::string::npos; }));
    second.signal(given.number);
    EXPECT_EQ(code_of(second), given.exit_code);
    EXPECT_NE(output().find("nothing was changed by this run"), std::string::npos) << output();
    first.signal(SIGTERM);
    EXPECT_EQ(code_of(first), 143);
}

TEST_P(SignalTest, ends_the_wait_for_the_version_table) {
    const auto& given = GetParam();
    project.revision("game", "g2", "g1", "-- migrate:up\nSELECT 1");
    ASSERT_EQ(project.run(url_text(), {"upgrade", "g1"}).exit_code, 0);
    auto holder = connection();
    for (const auto* table : {"game.alembic_version", "haetae.ledger"}) {
        ASSERT_TRUE(holder.simple(std::string("BEGIN; LOCK TABLE ") + table + " IN ACCESS EXCLUSIVE MODE"));
        auto child = start_upgrade();
        wait_for("wait_event_type = 'Lock'");
        child.signal(given.number);
        EXPECT_EQ(code_of(child), given.exit_code) << table;
        EXPECT_NE(output().find("HT0635"), std::string::npos) << output();
        ASSERT_TRUE(holder.simple("ROLLBACK"));
    }
    expect_finished_by_the_next_run("g2");
}

TEST_P(SignalTest, before_the_first_revision_it_says_that_none_was_run) {
    const auto& given = GetParam();
    project.revision("game", "g2", "g1", "-- migrate:up\nSELECT 1");
    ASSERT_EQ(project.run(url_text(), {"upgrade", "g1"}).exit_code, 0);
    auto holder = connection();
    ASSERT_TRUE(holder.simple("BEGIN; LOCK TABLE haetae.ledger IN EXCLUSIVE MODE"));
    auto child = start_upgrade();
    wait_for("wait_event_type = 'Lock'");
    child.signal(given.number);
    EXPECT_EQ(code_of(child), given.exit_code);
    EXPECT_NE(output().find("database: no revision was run"), std::string::npos) << output();
    ASSERT_TRUE(holder.simple("ROLLBACK"));
    expect_finished_by_the_next_run("g2");
}

TEST_P(SignalTest, what_is_done_is_put_on_record_first) {
    const auto& given = GetParam();
    project.revision("game", "g2", "g1",
                     "-- migrate:up transaction=off\nDO $$ BEGIN UPDATE game.t SET n = n * 2; COMMIT; "
                     "PERFORM pg_sleep(0.5); END $$;\nUPDATE game.t SET n = n * 2");
    auto child = start_upgrade();
    wait_for(sleeps);
    auto holder = connection();
    ASSERT_TRUE(holder.simple("BEGIN; LOCK TABLE haetae.progress IN SHARE MODE"));
    wait_for("wait_event_type = 'Lock'");
    child.signal(given.number);
    EXPECT_FALSE(child.wait(milliseconds(300))) << "the block is done, and its record waits";
    ASSERT_TRUE(holder.simple("ROLLBACK"));
    EXPECT_EQ(code_of(child), given.exit_code);
    EXPECT_NE(output().find("1 of its 2 statements are finished and stay; the revision"), std::string::npos) << output();
    expect_finished_by_the_next_run("g2");
    EXPECT_EQ(cell("SELECT n FROM game.t"), "4");
}

TEST_P(SignalTest, an_index_build_is_broken_off_and_taken_up_again) {
    const auto& given = GetParam();
    project.revision("game", "g2", "g1",
                     "-- migrate:up\nUPDATE game.t SET n = n * 2;\nCREATE INDEX CONCURRENTLY i ON game.t (n);\n"
                     "UPDATE game.t SET n = n * 2");
    ASSERT_EQ(project.run(url_text(), {"upgrade", "g1"}).exit_code, 0);
    auto holder = connection();
    ASSERT_TRUE(holder.simple("BEGIN; INSERT INTO game.t VALUES (7)"));
    auto child = start_upgrade();
    wait_for("wait_event_type = 'Lock' AND query LIKE 'CREATE INDEX CONCURRENTLY%'");
    child.signal(given.number);
    EXPECT_EQ(code_of(child), given.exit_code);
    EXPECT_NE(output().find("1 of its 3 statements are finished and stay"), std::string::npos) << output();
    ASSERT_TRUE(holder.simple("ROLLBACK"));
    expect_finished_by_the_next_run("g2");
    EXPECT_EQ(cell("SELECT string_agg(n::text, ',') FROM game.t"), "4");
    EXPECT_EQ(cell("SELECT string_agg(indisvalid::text, ',') FROM pg_index WHERE indrelid = 'game.t'::regclass"),
              "true");
}

INSTANTIATE_TEST_SUITE_P(Interrupt, SignalTest,
                         testing::Values(SignalCase{"ctrl_c", SIGINT, 130, "HT0620"},
                                         SignalCase{"sigterm", SIGTERM, 143, "HT0621"}),
                         [](const auto& given) { return given.param.name; });

}  // namespace
}  // namespace haetae::execute
