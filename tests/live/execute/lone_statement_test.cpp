// SPDX-License-Identifier: Apache-2.0
// Revisions that cannot run in one transaction: their segments, what stands in `progress`, and how they are taken up
// again after a failure, a lost connection or a killed process.
#include <gtest/gtest.h>

#include <thread>

#include "execute/executor.hpp"
#include "kit/eventually.hpp"
#include "kit/run_fixture.hpp"

namespace haetae::execute {
namespace {

using Kind = Event::Kind;

class LoneStatementTest : public kit::RunTest {
 protected:
    /// Puts `statement` on record as intended, as a process does before it sends it and is killed.
    void intend(const Task& task, std::size_t statement) {
        auto own = connection();
        ASSERT_TRUE(own.simple(ledger::intend_sql(
            "haetae", {.domain = task.domain.name, .revision = task.revision, .direction = "up", .run = 1}, statement,
            hash_of(task.part.statements[statement]))));
    }
    void finish(const Task& task, std::size_t statement) {
        auto own = connection();
        ASSERT_TRUE(own.simple(ledger::finish_sql(
            "haetae", {.domain = task.domain.name, .revision = task.revision, .direction = "up", .run = 1}, statement,
            hash_of(task.part.statements[statement]))));
    }
    std::string index_is_valid(const std::string& name) const {
        return cell("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('game." + name + "')");
    }
    /// An invalid index, as a broken-off build leaves it.
    void leave_invalid(const std::string& name, const std::string& table) {
        auto own = connection();
        ASSERT_TRUE(own.simple("CREATE INDEX " + name + " ON game." + table +
                               " (n); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'game." + name +
                               "'::regclass"));
    }
};

const std::string table = "CREATE TABLE t (n int)";
const std::string indexed = "CREATE TABLE t (n int);\nCREATE INDEX CONCURRENTLY i ON t (n);\nALTER TABLE t ADD m int";

TEST_F(LoneStatementTest, concurrent_builds_stand_alone_between_transactions) {
    const auto status = run("a1", indexed);
    ASSERT_TRUE(status) << status.error().sentence;
    EXPECT_EQ(index_is_valid("i"), "t");
    EXPECT_EQ(rows(), "a1");
    EXPECT_EQ(progress(), "");
    EXPECT_EQ(ledger(), "a1:up:done");
    EXPECT_EQ(cell("SELECT statement || ' ' || (duration_ms >= 0) FROM haetae.ledger WHERE revision = 'a1'"), "3 true");
}

TEST_F(LoneStatementTest, settings_of_earlier_segments_are_repeated) {
    ASSERT_TRUE(connection().simple("CREATE SCHEMA other; CREATE TABLE other.t (n int)"));
    const auto status = run("a1",
                            "SET search_path = other; SET lock_timeout = '9s'; SET LOCAL work_mem = '99kB';\n"
                            "CREATE INDEX CONCURRENTLY i ON t (n);\n"
                            "CREATE TABLE seen AS SELECT current_setting('lock_timeout') AS lock;\n"
                            "VACUUM t");
    ASSERT_TRUE(status) << status.error().sentence;
    EXPECT_EQ(cell("SELECT to_regclass('other.i') IS NOT NULL"), "t");
    EXPECT_EQ(cell("SELECT lock FROM other.seen"), "9s");
    EXPECT_EQ(rows(), "a1");
}

TEST_F(LoneStatementTest, a_block_that_commits_by_itself_runs_where_the_part_says_so) {
    const std::string block = "DO $$ BEGIN FOR i IN 1..3 LOOP INSERT INTO t VALUES (i); COMMIT; END LOOP; END $$";
    ASSERT_TRUE(run("a1", table));
    const auto refused = run("a2", block);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().sqlstate, "2D000");
    EXPECT_NE(refused.error().hint.find("transaction=off"), std::string::npos);
    const auto status = run("a2", block + ";\nINSERT INTO t VALUES (10)", " transaction=off");
    ASSERT_TRUE(status) << status.error().sentence;
    EXPECT_EQ(cell("SELECT sum(n) FROM game.t"), "16");
    EXPECT_EQ(rows(), "a2");
    EXPECT_EQ(progress(), "");
}

TEST_F(LoneStatementTest, a_block_that_fails_after_it_has_committed_is_never_run_again_unseen) {
    const std::string block =
        "DO $$ BEGIN INSERT INTO t VALUES (1); COMMIT; PERFORM 1 / (SELECT count(*) FROM u); END $$";
    ASSERT_TRUE(run("a1", table + "; CREATE TABLE u (n int)"));
    const auto failed = run("a2", block, " transaction=off");
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, "HT0613");
    EXPECT_EQ(
        failed.error().database_state,
        "revision a2 of domain game is part-way: 0 of its 1 statements are finished and stay; statement 1 may have "
        "done some of its work");
    EXPECT_EQ(progress(), "a2/0=intended");
    begin_anew();
    const auto again = run("a2", block, " transaction=off");
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, "HT0614");
    EXPECT_EQ(cell("SELECT count(*) FROM game.t"), "1");
    begin_anew();
    const auto mended = run("a2", "INSERT INTO u VALUES (1)", " transaction=off");
    ASSERT_TRUE(mended) << mended.error().sentence;
    EXPECT_EQ(progress(), "");
    EXPECT_EQ(rows(), "a2");
}

TEST_F(LoneStatementTest, a_revision_that_fails_part_way_goes_on_from_there_once_mended) {
    const std::string start = "CREATE TABLE t (n int);\nINSERT INTO t VALUES (1), (1);\n";
    const auto failed = run("a1", start + "CREATE UNIQUE INDEX CONCURRENTLY i ON t (n);\nALTER TABLE t ADD m int");
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, "HT0613");
    EXPECT_EQ(failed.error().sqlstate, "23505");
    EXPECT_EQ(failed.error().span->line, 4U);
    EXPECT_EQ(failed.error().database_state,
              "revision a1 of domain game is part-way: 2 of its 4 statements are finished and stay");
    EXPECT_EQ(progress(), "a1/0=done a1/1=done");
    EXPECT_EQ(rows(), "");
    EXPECT_EQ(index_is_valid("i"), "") << "what the failed build has left is cleared away";

    begin_anew();
    const auto edited = run("a1", "CREATE TABLE t (n bigint);\nINSERT INTO t VALUES (1), (1);\nSELECT 1");
    ASSERT_FALSE(edited);
    EXPECT_EQ(edited.error().code, "HT0615");
    EXPECT_EQ(progress(), "a1/0=done a1/1=done");

    begin_anew();
    events.clear();
    const auto mended = run("a1", start + "CREATE INDEX CONCURRENTLY i ON t (n);\nALTER TABLE t ADD m int");
    ASSERT_TRUE(mended) << mended.error().sentence;
    EXPECT_EQ(events.front().kind, Kind::resumed);
    EXPECT_EQ(events.front().number, 2U);
    EXPECT_EQ(cell("SELECT count(*) FROM game.t"), "2");
    EXPECT_EQ(progress(), "");
    EXPECT_EQ(rows(), "a1");
}

TEST_F(LoneStatementTest, a_refused_first_statement_leaves_nothing) {
    const auto failed = run("a1", "CREATE INDEX CONCURRENTLY i ON nothing (n)");
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, "HT0610");
    EXPECT_EQ(progress(), "");
    EXPECT_EQ(failed.error().database_state, "nothing of revision a1 of domain game remains");
}

TEST_F(LoneStatementTest, a_refused_build_is_not_taken_for_done_because_another_index_has_its_name) {
    ASSERT_TRUE(run("a1", "CREATE TABLE t (n int, m int); CREATE INDEX i ON t (m)"));
    const std::string body = "INSERT INTO t VALUES (1);\nCREATE INDEX CONCURRENTLY i ON t (n)";
    const auto failed = run("a2", body);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().sqlstate, "42P07");
    EXPECT_EQ(progress(), "a2/0=done");
    begin_anew();
    EXPECT_FALSE(run("a2", body));
    EXPECT_EQ(rows(), "a1");
}

TEST_F(LoneStatementTest, an_invalid_index_of_an_interrupted_build_is_dropped_and_built_again) {
    ASSERT_TRUE(run("a1", table));
    ASSERT_TRUE(
        connection().simple("CREATE SCHEMA other; CREATE TABLE other.t (n int); CREATE INDEX i ON other.t (n); "
                            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'other.i'::regclass"));
    const auto task =
        kit::task_of(domain, "a1", "a2", "SET search_path = other;\nCREATE INDEX CONCURRENTLY i ON t (n)");
    finish(task, 0);
    intend(task, 1);
    begin_anew();
    const auto status = run(task);
    ASSERT_TRUE(status) << status.error().sentence;
    EXPECT_EQ(cell("SELECT indisvalid FROM pg_index WHERE indexrelid = 'other.i'::regclass"), "t");
    EXPECT_EQ(rows(), "a2");
}

TEST_F(LoneStatementTest, a_valid_index_of_an_interrupted_build_counts_as_done) {
    ASSERT_TRUE(run("a1", table));
    const auto task = kit::task_of(domain, "a1", "a2", "CREATE INDEX CONCURRENTLY i ON t (n)");
    intend(task, 0);
    ASSERT_TRUE(connection().simple("CREATE INDEX i ON game.t (n)"));
    const auto before = cell("SELECT 'game.i'::regclass::oid");
    begin_anew();
    ASSERT_TRUE(run(task));
    EXPECT_EQ(cell("SELECT 'game.i'::regclass::oid"), before);
    EXPECT_EQ(rows(), "a2");
    EXPECT_EQ(progress(), "");
}

TEST_F(LoneStatementTest, a_build_with_if_not_exists_does_not_pass_over_an_invalid_index) {
    ASSERT_TRUE(run("a1", table));
    leave_invalid("i", "t");
    const auto status = run("a2", "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (n)");
    ASSERT_TRUE(status) << status.error().sentence;
    EXPECT_EQ(index_is_valid("i"), "t");
    EXPECT_EQ(count_of(Kind::cleaned), 1U);
    leave_invalid("j", "t");
    ASSERT_TRUE(run("a3", "CREATE INDEX CONCURRENTLY j ON t (n)"));
    EXPECT_EQ(index_is_valid("j"), "t");
}

TEST_F(LoneStatementTest, an_interrupted_statement_of_unknown_effect_is_not_run_again) {
    ASSERT_TRUE(run("a1", table));
    const auto task = kit::task_of(domain, "a1", "a2", "CREATE TABLESPACE elsewhere LOCATION '/nowhere'");
    intend(task, 0);
    begin_anew();
    const auto status = run(task);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, "HT0614");
    EXPECT_EQ(progress(), "a2/0=intended");
    begin_anew();
    const auto mended = run(kit::task_of(domain, "a1", "a2", "VACUUM t"));
    ASSERT_TRUE(mended) << mended.error().sentence;
    EXPECT_EQ(progress(), "");
}

TEST_F(LoneStatementTest, a_build_whose_server_process_is_ended_is_settled_and_repeated) {
    ASSERT_TRUE(run("a1", table));
    // An open transaction that holds the table keeps the build waiting.
    auto blocker = connection();
    ASSERT_TRUE(blocker.simple("BEGIN; INSERT INTO game.t VALUES (1)"));
    auto admin = connection();
    std::jthread killer([&] {
        EXPECT_TRUE(kit::eventually([&] {
            return kit::first_cell(admin,
                                   "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_progress_create_index WHERE "
                                   "index_relid <> 0 AND datname = current_database()") == "1";
        }));
        EXPECT_TRUE(blocker.simple("COMMIT"));
    });
    const auto status = run("a2", "CREATE INDEX CONCURRENTLY i ON t (n)");
    ASSERT_TRUE(status) << status.error().code << status.error().sentence;
    EXPECT_EQ(count_of(Kind::reconnected), 1U);
    EXPECT_EQ(index_is_valid("i"), "t");
    EXPECT_EQ(rows(), "a2");
    EXPECT_EQ(ledger(), "a1:up:done a2:up:done");
}

}  // namespace
}  // namespace haetae::execute
