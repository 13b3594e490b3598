// SPDX-License-Identifier: Apache-2.0
// What becomes of a statement that an earlier run has left in doubt: the catalog is asked, what a broken statement
// leaves is cleared away, and where nobody can tell the user's word counts.
#include <gtest/gtest.h>

#include "execute/executor.hpp"
#include "kit/run_fixture.hpp"

namespace haetae::execute {
namespace {

using Kind = Event::Kind;

class ResumeTest : public kit::RunTest {
 protected:
    void SetUp() override {
        kit::RunTest::SetUp();
        ASSERT_TRUE(run("a1",
                        "CREATE TABLE t (gone int, n int, m text, \"Odd \"\"name\" text);\n"
                        "ALTER TABLE t DROP COLUMN gone;\nINSERT INTO t VALUES (1, 'a')"));
    }
    /// Task a2 of one statement, which stands as intended, as a process that is killed leaves it.
    Task left_in_doubt(const std::string& statement, const std::string& options = "") {
        auto task = kit::task_of(domain, "a1", "a2", statement, options);
        auto own = connection();
        EXPECT_TRUE(own.simple(ledger::intend_sql(
            "haetae", {.domain = task.domain.name, .revision = task.revision, .direction = "up", .run = 1}, 0,
            hash_of(task.part.statements[0]))));
        begin_anew();
        return task;
    }
    void change(const std::string& sql) {
        auto own = connection();
        const auto done = own.simple(sql);
        ASSERT_TRUE(done) << done.error().sentence;
    }
    /// Runs a statement that is broken off because a transaction holds the table.
    void break_off(const std::string& sql) {
        auto holder = connection();
        ASSERT_TRUE(holder.simple("BEGIN; SELECT count(*) FROM game.t"));
        auto own = connection();
        ASSERT_TRUE(own.simple("SET statement_timeout = '300ms'"));
        EXPECT_FALSE(own.simple(sql));
    }
};

struct IndexCase {
    const char* name;
    const char* statement;
    const char* there;
    bool is_same;
};

class SameIndexTest : public ResumeTest, public testing::WithParamInterface<IndexCase> {};

TEST_P(SameIndexTest, counts_as_done_only_with_the_same_definition) {
    const auto& given = GetParam();
    const auto task = left_in_doubt(given.statement);
    change(std::string("SET search_path = game; ") + given.there);
    const auto status = run(task);
    if (given.is_same) {
        ASSERT_TRUE(status) << status.error().sentence;
        EXPECT_EQ(rows(), "a2");
        EXPECT_EQ(progress(), "");
    } else {
        ASSERT_FALSE(status);
        EXPECT_EQ(status.error().code, "HT0632");
        EXPECT_EQ(progress(), "a2/0=intended");
    }
    EXPECT_EQ(cell("SELECT count(*) FROM pg_class WHERE relname = 't' AND relpersistence = 't'"), "0");
}

INSTANTIATE_TEST_SUITE_P(
    Resume, SameIndexTest,
    testing::Values(
        IndexCase{"plain", "CREATE INDEX CONCURRENTLY i ON t (n)", "CREATE INDEX i ON t USING btree (n ASC)", true},
        IndexCase{"everything",
                  "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY game.t USING btree (lower(t.m) COLLATE "
                  "\"C\" text_pattern_ops DESC NULLS LAST, \"Odd \"\"name\") INCLUDE (n) WITH (fillfactor = 70) "
                  "WHERE t.n > 0 AND m IN ('a', 'b')",
                  "CREATE UNIQUE INDEX i ON t (lower(m) COLLATE \"C\" text_pattern_ops DESC NULLS LAST, \"Odd "
                  "\"\"name\") INCLUDE (n) WITH (fillfactor = 70) WHERE n > 0 AND m IN ('a', 'b')",
                  true},
        IndexCase{"column", "CREATE INDEX CONCURRENTLY i ON t (n)", "CREATE INDEX i ON t (m)", false},
        IndexCase{"unique", "CREATE UNIQUE INDEX CONCURRENTLY i ON t (n)", "CREATE INDEX i ON t (n)", false},
        IndexCase{"order", "CREATE INDEX CONCURRENTLY i ON t (n)", "CREATE INDEX i ON t (n DESC)", false},
        IndexCase{"method", "CREATE INDEX CONCURRENTLY i ON t (n)", "CREATE INDEX i ON t USING hash (n)", false},
        IndexCase{"include", "CREATE INDEX CONCURRENTLY i ON t (n) INCLUDE (m)", "CREATE INDEX i ON t (n, m)", false},
        IndexCase{"predicate", "CREATE INDEX CONCURRENTLY i ON t (n) WHERE n > 1",
                  "CREATE INDEX i ON t (n) WHERE n > 2", false},
        IndexCase{"operator_class", "CREATE INDEX CONCURRENTLY i ON t (m)", "CREATE INDEX i ON t (m text_pattern_ops)",
                  false},
        IndexCase{"collation", "CREATE INDEX CONCURRENTLY i ON t (m)", "CREATE INDEX i ON t (m COLLATE \"C\")", false},
        IndexCase{"expression", "CREATE INDEX CONCURRENTLY i ON t (lower(m))", "CREATE INDEX i ON t (upper(m))", false},
        IndexCase{"storage", "CREATE INDEX CONCURRENTLY i ON t (n) WITH (fillfactor = 70)", "CREATE INDEX i ON t (n)",
                  false}),
    [](const auto& given) { return given.param.name; });

TEST_F(ResumeTest, an_index_of_another_definition_can_be_taken_as_it_is) {
    const auto task = left_in_doubt("CREATE INDEX CONCURRENTLY i ON t (n)");
    change("CREATE INDEX i ON game.t (m)");
    in_doubt = InDoubt::done;
    begin_anew();
    const auto status = run(task);
    ASSERT_TRUE(status) << status.error().sentence;
    EXPECT_EQ(rows(), "a2");
}

TEST_F(ResumeTest, what_a_broken_reindex_leaves_is_dropped_before_it_runs_again) {
    change("CREATE INDEX i ON game.t (n); CREATE INDEX j ON game.t (m); CREATE INDEX k_ccnew ON game.t (m)");
    break_off("REINDEX INDEX CONCURRENTLY game.i");
    break_off("REINDEX TABLE CONCURRENTLY game.t");
    const std::string invalid = "SELECT count(*) FROM pg_index WHERE NOT indisvalid";
    EXPECT_NE(cell(invalid), "0");
    const auto status = run(left_in_doubt("REINDEX TABLE CONCURRENTLY t"));
    ASSERT_TRUE(status) << status.error().sentence;
    EXPECT_EQ(cell(invalid), "0");
    EXPECT_EQ(count_of(Kind::cleaned), 1U);
    EXPECT_EQ(cell("SELECT string_agg(indexrelid::regclass::text, ' ' ORDER BY indexrelid::regclass::text) FROM "
                   "pg_index WHERE indrelid = "
                   "'game.t'::regclass"),
              "game.i game.j game.k_ccnew");
}

TEST_F(ResumeTest, what_a_refused_reindex_leaves_is_dropped_at_once) {
    change(
        "CREATE FUNCTION game.f(n int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT n'; CREATE INDEX i ON game.t "
        "(game.f(n)); CREATE OR REPLACE FUNCTION "
        "game.f(n int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT n / 0'");
    const auto failed = run("a2", "REINDEX INDEX CONCURRENTLY i");
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().sqlstate, "22012");
    EXPECT_EQ(cell("SELECT count(*) FROM pg_index WHERE NOT indisvalid"), "0");
    EXPECT_EQ(progress(), "");
}

TEST_F(ResumeTest, what_cannot_be_cleared_away_yet_is_left_to_the_next_run) {
    change("CREATE INDEX i ON game.t (n)");
    const std::string body = "SET lock_timeout = '200ms';\nREINDEX INDEX CONCURRENTLY i";
    {
        auto holder = connection();
        ASSERT_TRUE(holder.simple("BEGIN; SELECT count(*) FROM game.t"));
        const auto failed = run("a2", body);
        ASSERT_FALSE(failed);
        EXPECT_EQ(failed.error().code, "HT0613");
        EXPECT_EQ(failed.error().sqlstate, "55P03");
        EXPECT_EQ(progress(), "a2/0=done a2/1=intended");
    }
    begin_anew();
    const auto status = run("a2", body);
    ASSERT_TRUE(status) << status.error().sentence;
    EXPECT_EQ(cell("SELECT count(*) FROM pg_index WHERE NOT indisvalid"), "0");
}

TEST_F(ResumeTest, a_detach_that_was_broken_off_is_finished) {
    change(
        "CREATE TABLE game.p (n int) PARTITION BY LIST (n); CREATE TABLE game.p1 PARTITION OF game.p FOR VALUES IN "
        "(1)");
    {
        auto holder = connection();
        ASSERT_TRUE(holder.simple("BEGIN; SELECT count(*) FROM game.p"));
        auto own = connection();
        ASSERT_TRUE(own.simple("SET statement_timeout = '300ms'"));
        EXPECT_FALSE(own.simple("ALTER TABLE game.p DETACH PARTITION game.p1 CONCURRENTLY"));
    }
    ASSERT_EQ(cell("SELECT inhdetachpending FROM pg_inherits"), "t");
    const auto status = run(left_in_doubt("ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY"));
    ASSERT_TRUE(status) << status.error().sentence;
    EXPECT_EQ(cell("SELECT count(*) FROM pg_inherits"), "0");
    EXPECT_EQ(rows(), "a2");
}

TEST_F(ResumeTest, a_detach_that_is_done_is_not_repeated) {
    change("CREATE TABLE game.p (n int) PARTITION BY LIST (n); CREATE TABLE game.p1 (n int)");
    const auto status = run(left_in_doubt("ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY"));
    ASSERT_TRUE(status) << status.error().sentence;
    EXPECT_EQ(rows(), "a2");
}

TEST_F(ResumeTest, a_statement_whose_effect_nobody_can_see_goes_as_the_user_says) {
    const std::string block = "DO $$ BEGIN UPDATE t SET n = n * 2; COMMIT; END $$";
    const auto task = left_in_doubt(block, " transaction=off");
    const auto asked = run(task);
    ASSERT_FALSE(asked);
    EXPECT_EQ(asked.error().code, "HT0614");
    EXPECT_NE(asked.error().hint.find("--in-doubt"), std::string::npos);

    in_doubt = InDoubt::done;
    begin_anew();
    const auto status = run(task);
    ASSERT_TRUE(status) << status.error().sentence;
    EXPECT_EQ(cell("SELECT n FROM game.t"), "1");
    EXPECT_EQ(rows(), "a2");
    EXPECT_EQ(cell("SELECT revision || statement || (details ->> 'taken_as') FROM haetae.ledger WHERE kind = "
                   "'in-doubt'"),
              "a21done");
}

TEST_F(ResumeTest, an_index_that_the_role_may_not_compare_is_for_the_user_to_look_at) {
    const auto task = left_in_doubt("CREATE INDEX CONCURRENTLY i ON t (n)");
    change("CREATE INDEX i ON game.t (n)");
    change(
        "DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$;"
        "CREATE ROLE without_temporary LOGIN; ALTER SCHEMA game OWNER TO without_temporary;"
        "ALTER TABLE game.t OWNER TO without_temporary; ALTER TABLE game.alembic_version OWNER TO without_temporary;"
        "GRANT USAGE ON SCHEMA haetae TO without_temporary;"
        "GRANT ALL ON ALL TABLES IN SCHEMA haetae TO without_temporary");
    session_url = session_url.with("user", "without_temporary");
    begin_anew();
    const auto status = run(task);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, "HT0614");
    EXPECT_EQ(progress(), "a2/0=intended");
    in_doubt = InDoubt::done;
    begin_anew();
    const auto decided = run(task);
    ASSERT_TRUE(decided) << decided.error().sentence;
    EXPECT_EQ(rows(), "a2");
}

TEST_F(ResumeTest, such_a_statement_can_be_run_again_on_the_users_word) {
    const auto task = left_in_doubt("DO $$ BEGIN UPDATE t SET n = n * 2; COMMIT; END $$", " transaction=off");
    in_doubt = InDoubt::again;
    begin_anew();
    const auto status = run(task);
    ASSERT_TRUE(status) << status.error().sentence;
    EXPECT_EQ(cell("SELECT n FROM game.t"), "2");
    EXPECT_EQ(cell("SELECT details ->> 'taken_as' FROM haetae.ledger WHERE kind = 'in-doubt'"), "again");
    EXPECT_EQ(rows(), "a2");
}

}  // namespace
}  // namespace haetae::execute
