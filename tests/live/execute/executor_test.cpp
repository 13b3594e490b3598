// SPDX-License-Identifier: Apache-2.0
// One revision after another on a real server: what is sent, what is left behind, and what fails.
#include "execute/executor.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "kit/eventually.hpp"
#include "kit/run_fixture.hpp"

namespace haetae::execute {
namespace {

using Kind = Event::Kind;

class ExecutorTest : public kit::RunTest {
 protected:
    /// Simple-protocol messages that the server has logged since `since` bytes of the log.
    static std::size_t messages_in(std::string_view log) {
        std::size_t count = 0;
        constexpr std::string_view mark = "LOG:  statement: ";
        for (auto at = log.find(mark); at != std::string_view::npos; at = log.find(mark, at + 1)) ++count;
        return count;
    }
};

TEST_F(ExecutorTest, a_revision_in_one_transaction_is_one_message) {
    auto admin = connection();
    ASSERT_TRUE(admin.simple("ALTER DATABASE " + url().value("dbname") + " SET log_statement = 'all'"));
    ASSERT_TRUE(run("a1", "CREATE TABLE t (n int)"));
    const auto before = kit::shared_cluster().log();
    ASSERT_TRUE(run("a2", "INSERT INTO t VALUES (1); INSERT INTO t VALUES (2)"));
    ASSERT_TRUE(run("a3", ""));
    const auto after = kit::shared_cluster().log();
    ASSERT_GT(after.size(), before.size());
    EXPECT_EQ(messages_in(std::string_view(after).substr(before.size())), 2U);
    EXPECT_EQ(cell("SELECT sum(n) FROM game.t"), "3");
    EXPECT_EQ(rows(), "a3");
    EXPECT_EQ(ledger(), "a1:up:done a2:up:done a3:up:done");
}

TEST_F(ExecutorTest, nothing_of_a_session_leaks_into_the_next_revision) {
    ASSERT_TRUE(
        connection().simple("DROP ROLE IF EXISTS leaker; CREATE ROLE leaker; "
                            "GRANT ALL ON SCHEMA game TO leaker"));
    const std::vector<std::string> leaks{
        "SET ROLE leaker",
        "SET SESSION AUTHORIZATION leaker",
        "SET search_path = nowhere",
        "SET work_mem = '77kB'; SET haetae_test.own = 'x'",
        "CREATE TEMPORARY TABLE seen (n int)",
        "PREPARE p AS SELECT 1",
        "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
        "LISTEN l",
        "SET default_transaction_read_only = on",
        "SET default_transaction_isolation = 'serializable'",
        "SET standard_conforming_strings = off",
        "SET client_encoding = 'LATIN1'",
        "SET session_replication_role = replica",
        "SET statement_timeout = 1",
        "SET row_security = off; SET check_function_bodies = off; SET xmloption = content",
    };
    int number = 0;
    for (const auto& leak : leaks) {
        const auto id = "leak" + std::to_string(++number);
        const auto status = run(id, leak);
        ASSERT_TRUE(status) << leak << ": " << status.error().sentence;
        const auto next = run(id + "n",
                              "DO $$ BEGIN ASSERT current_user = 'postgres' AND session_user = 'postgres', 'role';\n"
                              "ASSERT current_setting('search_path') = 'game', 'path';\n"
                              "ASSERT current_setting('work_mem') = '4MB', 'work_mem';\n"
                              "ASSERT coalesce(current_setting('haetae_test.own', true), '') = '', 'own';\n"
                              "ASSERT current_setting('statement_timeout') = '15min', 'timeout';\n"
                              "ASSERT current_setting('transaction_read_only') = 'off', 'read only';\n"
                              "ASSERT current_setting('transaction_isolation') = 'read committed', 'isolation';\n"
                              "ASSERT current_setting('session_replication_role') = 'origin', 'replica';\n"
                              "ASSERT length('\\x') = 2 AND length('가') = 1, 'text';\n"
                              "ASSERT to_regclass('seen') IS NULL AND to_regclass('pg_temp.seen') IS NULL, 'temp';\n"
                              "ASSERT NOT EXISTS (SELECT FROM pg_prepared_statements), 'prepared';\n"
                              "ASSERT NOT EXISTS (SELECT FROM pg_cursors WHERE name = 'c'), 'cursor';\n"
                              "ASSERT NOT EXISTS (SELECT FROM pg_listening_channels()), 'listen'; END $$");
        ASSERT_TRUE(next) << leak << ": " << next.error().sentence;
    }
    EXPECT_EQ(cell("SELECT count(*) FROM haetae.ledger WHERE role <> 'postgres' OR session_role <> 'postgres'"), "0");
    auto books = connection();
    EXPECT_TRUE(ledger::broken_rows(books, "haetae").value().empty());
}

TEST_F(ExecutorTest, unqualified_names_resolve_by_the_domains_search_path_or_the_roles_own) {
    ASSERT_TRUE(run("a1", "CREATE TABLE here (n int)"));
    EXPECT_EQ(cell("SELECT to_regclass('game.here') IS NOT NULL"), "t");
    domain.search_path.reset();
    ASSERT_TRUE(run("a2", "CREATE TABLE there (n int)"));
    EXPECT_EQ(cell("SELECT to_regclass('public.there') IS NOT NULL"), "t");
}

TEST_F(ExecutorTest, deferred_triggers_run_under_the_revisions_own_role_and_search_path) {
    ASSERT_TRUE(run("a1",
                    "CREATE TABLE t (n int); CREATE TABLE seen (path text);\n"
                    "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n"
                    "INSERT INTO seen VALUES (current_setting('search_path')); RETURN NULL; END $$;\n"
                    "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED\n"
                    "FOR EACH ROW EXECUTE FUNCTION note()"));
    ASSERT_TRUE(run("a2", "INSERT INTO t VALUES (1)"));
    EXPECT_EQ(cell("SELECT path FROM game.seen"), "game");
}

TEST_F(ExecutorTest, a_deferred_constraint_that_fails_rolls_the_revision_back) {
    ASSERT_TRUE(run("a1",
                    "CREATE TABLE p (n int PRIMARY KEY);\n"
                    "CREATE TABLE c (n int REFERENCES p DEFERRABLE INITIALLY DEFERRED)"));
    const auto status = run("a2", "INSERT INTO c VALUES (5)");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, "HT0610");
    EXPECT_EQ(status.error().sqlstate, "23503");
    EXPECT_EQ(
        status.error().clauses.front(),
        "after its last statement: at COMMIT (a deferred constraint or trigger), or when haetae wrote its own rows");
    EXPECT_EQ(rows(), "a1");
    EXPECT_EQ(ledger(), "a1:up:done a2:up:failed");
}

TEST_F(ExecutorTest, a_failing_statement_is_named_by_its_line_and_nothing_of_the_revision_remains) {
    const auto status = run("a1", "CREATE TABLE t (n int);\n-- 한국어\nSELECT '한국어', nothing FROM t;\n");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, "HT0610");
    EXPECT_EQ(status.error().sqlstate, "42703");
    ASSERT_TRUE(status.error().span);
    EXPECT_EQ(status.error().span->line, 4U);
    EXPECT_EQ(status.error().database_state, "nothing of revision a1 of domain game remains");
    EXPECT_EQ(cell("SELECT to_regclass('game.t') IS NULL"), "t");
    EXPECT_EQ(rows(), "");
    ASSERT_TRUE(run("a1", "CREATE TABLE t (n int)"));
    EXPECT_EQ(ledger(), "a1:up:failed a1:up:done");
}

TEST_F(ExecutorTest, version_rows_that_another_program_moved_stop_the_run_before_its_statements) {
    ASSERT_TRUE(run("a1", ""));
    ASSERT_TRUE(connection().simple("UPDATE game.alembic_version SET version_num = 'b7'"));
    const auto moved = run("a2", "CREATE TABLE t (n int)");
    ASSERT_FALSE(moved);
    EXPECT_EQ(moved.error().code, "HT0606");
    EXPECT_EQ(moved.error().sentence, "the version table of domain game is not at a1 any more");
    const auto there = run(kit::task_of(domain, "", "b7", "CREATE TABLE t (n int)"));
    ASSERT_FALSE(there);
    EXPECT_EQ(there.error().code, "HT0606");
    EXPECT_EQ(there.error().sentence, "the version table of domain game holds b7 already");
    ASSERT_TRUE(connection().simple("INSERT INTO game.alembic_version VALUES ('a1')"));
    const auto onto = run(kit::task_of(domain, "a1", "b7", "CREATE TABLE t (n int)"));
    ASSERT_FALSE(onto);
    EXPECT_EQ(onto.error().code, "HT0606");
    EXPECT_EQ(cell("SELECT to_regclass('game.t') IS NULL"), "t");
    EXPECT_EQ(rows(), "a1,b7");
}

TEST_F(ExecutorTest, a_lock_timeout_is_tried_again_until_the_blocker_is_gone) {
    limits.lock_timeout = std::chrono::milliseconds(50);
    ASSERT_TRUE(run("a1", "CREATE TABLE t (n int)"));
    auto blocker = connection();
    ASSERT_TRUE(blocker.simple("BEGIN; LOCK TABLE game.t IN ACCESS SHARE MODE"));
    on_event = [&](const Event& event) {
        if (event.kind == Kind::retry) {
            EXPECT_TRUE(blocker.simple("ROLLBACK"));
        }
    };
    const auto status = run("a2", "ALTER TABLE t ADD m int");
    ASSERT_TRUE(status) << status.error().sentence;
    EXPECT_EQ(count_of(Kind::retry), 1U);
}

TEST_F(ExecutorTest, lock_timeouts_are_tried_again_only_so_often) {
    limits.lock_timeout = std::chrono::milliseconds(20);
    limits.retries = 2;
    ASSERT_TRUE(run("a1", "CREATE TABLE t (n int)"));
    auto blocker = connection();
    ASSERT_TRUE(blocker.simple("BEGIN; LOCK TABLE game.t IN ACCESS SHARE MODE"));
    const auto status = run("a2", "ALTER TABLE t ADD m int");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().sqlstate, "55P03");
    EXPECT_EQ(count_of(Kind::retry), 2U);
    EXPECT_EQ(rows(), "a1");
}

TEST_F(ExecutorTest, a_deadlock_is_tried_again) {
    ASSERT_TRUE(run("a1", "CREATE TABLE t (n int); CREATE TABLE u (n int)"));
    ASSERT_TRUE(connection().simple("ALTER DATABASE " + url().value("dbname") + " SET deadlock_timeout = '50ms'"));
    begin_anew();
    auto other = connection();
    // It would take hours to look for a deadlock itself, so the revision is the one that finds it.
    ASSERT_TRUE(other.simple("SET deadlock_timeout = '1h'; BEGIN; LOCK TABLE game.u IN ACCESS EXCLUSIVE MODE"));
    auto watch = connection();
    std::jthread second([&] {
        kit::eventually([&] {
            return kit::first_cell(watch,
                                   "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = "
                                   "'game.u'::regclass") == "1";
        });
        EXPECT_TRUE(other.simple("LOCK TABLE game.t IN ACCESS EXCLUSIVE MODE; COMMIT"));
    });
    const auto status = run("a2", "LOCK TABLE t IN ACCESS EXCLUSIVE MODE; LOCK TABLE u IN ACCESS EXCLUSIVE MODE");
    ASSERT_TRUE(status) << status.error().sentence;
    ASSERT_GE(count_of(Kind::retry), 1U);
    EXPECT_NE(events.back().text.find("deadlock"), std::string::npos);
}

TEST_F(ExecutorTest, validation_gets_the_long_limits_unless_the_revision_sets_its_own) {
    limits.lock_timeout = std::chrono::milliseconds(1111);
    limits.concurrent_lock_timeout = std::chrono::milliseconds(2222);
    limits.statement_timeout = std::chrono::milliseconds(3333);
    ASSERT_TRUE(run("a1",
                    "CREATE TABLE t (n int); CREATE TABLE seen (what text, lock text, statement text);\n"
                    "CREATE FUNCTION note(what text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN\n"
                    "INSERT INTO game.seen VALUES (what, current_setting('lock_timeout'), "
                    "current_setting('statement_timeout')); RETURN true; END $$;\n"
                    "INSERT INTO t VALUES (1);\n"
                    "ALTER TABLE t ADD CONSTRAINT c CHECK (note('validate')) NOT VALID;\n"
                    "ALTER TABLE t ADD CONSTRAINT d CHECK (note('own')) NOT VALID"));
    ASSERT_TRUE(run("a2",
                    "ALTER TABLE t VALIDATE CONSTRAINT c; SELECT note('after');\n"
                    "SET LOCAL lock_timeout = '7s'; ALTER TABLE t VALIDATE CONSTRAINT d; SELECT note('end')"));
    EXPECT_EQ(cell("SELECT string_agg(DISTINCT what || ' ' || lock || ' ' || statement, ', ') FROM game.seen"),
              "after 1111ms 3333ms, end 7s 3333ms, own 7s 3333ms, validate 2222ms 0");
}

TEST_F(ExecutorTest, a_revision_that_gives_the_lock_away_makes_the_next_one_take_it_again) {
    ASSERT_TRUE(run("a1", "SELECT pg_advisory_unlock_all()"));
    const auto status = run("a2", "CREATE TABLE t (n int)");
    ASSERT_TRUE(status) << status.error().sentence;
    EXPECT_EQ(count_of(Kind::locked_again), 1U);
    EXPECT_EQ(ledger(), "a1:up:done a2:up:done");
    EXPECT_TRUE(session->end());
}

}  // namespace
}  // namespace haetae::execute
