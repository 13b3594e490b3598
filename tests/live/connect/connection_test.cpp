// SPDX-License-Identifier: Apache-2.0
// Talking to a real server: statements, their errors with positions, COPY, notices, cancelling, and a server that goes.
#include "connect/connection.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/source_span.hpp"
#include "kit/eventually.hpp"
#include "kit/sandbox_fixture.hpp"

namespace haetae::connect {
namespace {

using ConnectionTest = kit::SandboxTest;

TEST_F(ConnectionTest, query_binds_parameters_and_tells_null_from_empty) {
    auto connection = this->connection();
    const std::array<Parameter, 3> parameters{"it's", std::nullopt, ""};
    const auto rows = connection.query("SELECT $1::text, $2::text, $3::text, true", parameters);
    ASSERT_TRUE(rows) << rows.error().sentence;
    ASSERT_EQ(rows->size(), 1U);
    EXPECT_EQ(rows->text(0, 0), "it's");
    EXPECT_TRUE(rows->is_null(0, 1));
    EXPECT_FALSE(rows->is_null(0, 2));
    EXPECT_TRUE(rows->is_true(0, 3));
}

TEST_F(ConnectionTest, query_refuses_a_nul_byte_in_a_parameter) {
    auto connection = this->connection();
    const std::array<Parameter, 1> parameters{std::string("a\0b", 3)};
    const auto rows = connection.query("SELECT $1::text", parameters);
    ASSERT_FALSE(rows);
    EXPECT_EQ(rows.error().sqlstate, "22021");
    EXPECT_TRUE(connection.query("SELECT 1")) << "the session goes on";
}

TEST_F(ConnectionTest, a_refused_statement_comes_with_all_the_server_said) {
    auto connection = this->connection();
    kit::first_cell(connection, "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)");
    const auto rows = connection.query("INSERT INTO t VALUES (1)");
    ASSERT_FALSE(rows);
    EXPECT_EQ(rows.error().code, "HT0420");
    EXPECT_EQ(rows.error().sqlstate, "23505");
    EXPECT_EQ(rows.error().detail, "Key (id)=(1) already exists.");
}

TEST_F(ConnectionTest, a_script_counts_finished_statements_and_places_the_error_by_characters) {
    auto connection = this->connection();
    const std::string before = "CREATE TABLE 캐릭터 (id int); INSERT INTO 캐릭터 VALUES (1), (2); SELECT ";
    const auto outcome = connection.run_script(before + "missing FROM 캐릭터; SELECT 3");
    ASSERT_TRUE(outcome.error);
    EXPECT_EQ(outcome.completed, 2U);
    EXPECT_EQ(outcome.error->sqlstate, "42703");
    EXPECT_EQ(outcome.error->position, base::count_characters(before) + 1);
    EXPECT_FALSE(outcome.error->connection_lost);
}

TEST_F(ConnectionTest, a_script_without_a_statement_finishes_none) {
    auto connection = this->connection();
    const auto outcome = connection.run_script("-- nothing\n;");
    EXPECT_FALSE(outcome.error);
    EXPECT_EQ(outcome.completed, 0U);
}

TEST_F(ConnectionTest, last_rows_are_those_of_the_last_statement_that_had_any) {
    auto connection = this->connection();
    const auto outcome = connection.run_script("SELECT 1; SELECT 2; CREATE TABLE t ()");
    EXPECT_EQ(outcome.completed, 3U);
    ASSERT_EQ(outcome.last_rows.size(), 1U);
    EXPECT_EQ(outcome.last_rows.text(0, 0), "2");
}

TEST_F(ConnectionTest, a_rule_with_several_selects_is_one_statement) {
    auto connection = this->connection();
    kit::first_cell(connection,
                    "CREATE TABLE t (id int);"
                    "CREATE RULE r AS ON UPDATE TO t DO INSTEAD (SELECT 1 AS a; SELECT 2 AS a)");
    const auto outcome = connection.run_script("UPDATE t SET id = 1; SELECT missing");
    ASSERT_TRUE(outcome.error);
    EXPECT_EQ(outcome.completed, 1U);
}

TEST_F(ConnectionTest, copy_from_stdin_fails_and_copy_to_stdout_is_drained) {
    auto connection = this->connection();
    kit::first_cell(connection, "CREATE TABLE t (id int); INSERT INTO t SELECT generate_series(1, 100000)");
    const auto in = connection.run_script("SELECT 1; COPY t FROM STDIN; SELECT 2");
    ASSERT_TRUE(in.error);
    EXPECT_EQ(in.completed, 1U);
    EXPECT_EQ(in.error->sqlstate, "57014");
    const auto out = connection.run_script("COPY t TO STDOUT; SELECT 2");
    EXPECT_FALSE(out.error);
    EXPECT_EQ(out.completed, 2U);
    EXPECT_EQ(kit::first_cell(connection, "SELECT count(*) FROM t"), "100000");
}

TEST_F(ConnectionTest, a_large_script_is_sent_whole) {
    auto connection = this->connection();
    const std::string text(8U * 1024 * 1024, 'x');
    EXPECT_EQ(kit::first_cell(connection, "SELECT length('" + text + "')"), std::to_string(text.size()));
}

TEST_F(ConnectionTest, notices_reach_the_callback) {
    std::vector<std::string> notices;
    auto connection = kit::connect_to(url(), {.on_notice = [&](const Notice& notice) {
                                          notices.push_back(notice.severity + ": " + notice.message);
                                      }});
    kit::first_cell(connection, "DO $$ BEGIN RAISE WARNING 'mind the gap'; END $$");
    EXPECT_EQ(notices, std::vector<std::string>{"WARNING: mind the gap"});
}

TEST_F(ConnectionTest, knows_whether_a_transaction_is_open) {
    auto connection = this->connection();
    EXPECT_FALSE(connection.in_transaction());
    connection.run_script("BEGIN");
    EXPECT_TRUE(connection.in_transaction());
    connection.run_script("SELECT missing");
    EXPECT_TRUE(connection.in_transaction());
    connection.run_script("ROLLBACK");
    EXPECT_FALSE(connection.in_transaction());
}

TEST_F(ConnectionTest, a_watched_wait_is_cancelled_and_the_session_goes_on) {
    auto connection = this->connection();
    connection.set_on_wait([](std::chrono::milliseconds) { return Wait::cancel; });
    const auto outcome = connection.run_script("SELECT 1; SELECT pg_sleep(60)");
    ASSERT_TRUE(outcome.error);
    EXPECT_EQ(outcome.error->sqlstate, "57014");
    EXPECT_EQ(outcome.completed, 1U);
    EXPECT_FALSE(outcome.error->connection_lost);
    EXPECT_EQ(kit::first_cell(connection, "SELECT 2"), "2");
    const auto query = connection.query("SELECT pg_sleep(60)");
    ASSERT_FALSE(query);
    EXPECT_EQ(query.error().code, "HT0635");
}

TEST_F(ConnectionTest, a_cancellation_by_somebody_else_is_no_interrupt) {
    auto connection = this->connection();
    const auto query = connection.query("DO $$ BEGIN RAISE 'stop' USING ERRCODE = '57014'; END $$");
    ASSERT_FALSE(query);
    EXPECT_EQ(query.error().code, "HT0420");
}

TEST_F(ConnectionTest, an_abandoned_wait_loses_the_connection) {
    auto connection = this->connection();
    connection.set_on_wait([](std::chrono::milliseconds) { return Wait::abandon; });
    const auto outcome = connection.run_script("SELECT pg_sleep(60)");
    ASSERT_TRUE(outcome.error);
    EXPECT_TRUE(outcome.error->connection_lost);
    EXPECT_FALSE(connection.alive());
    const auto rows = connection.query("SELECT 1");
    ASSERT_FALSE(rows);
    EXPECT_EQ(rows.error().code, "HT0421");
}

TEST_F(ConnectionTest, a_terminated_backend_is_a_lost_connection_with_the_servers_reason) {
    auto victim = this->connection();
    auto other = this->connection();
    ASSERT_TRUE(victim.alive());
    kit::first_cell(other, "SELECT pg_terminate_backend(" + std::to_string(victim.backend_pid()) + ")");
    EXPECT_TRUE(kit::eventually([&] { return !victim.alive(); }));
    const auto rows = victim.simple("SELECT 1");
    ASSERT_FALSE(rows);
    EXPECT_EQ(rows.error().code, "HT0421");
}

TEST_F(ConnectionTest, a_backend_that_ends_itself_loses_the_connection_and_keeps_its_sqlstate) {
    auto connection = this->connection();
    const auto outcome = connection.run_script("SELECT 1; SELECT pg_terminate_backend(pg_backend_pid())");
    ASSERT_TRUE(outcome.error);
    EXPECT_TRUE(outcome.error->connection_lost);
    EXPECT_EQ(outcome.error->sqlstate, "57P01");
    EXPECT_EQ(outcome.completed, 1U);
}

TEST_F(ConnectionTest, speaks_utf8_whatever_the_database_or_the_url_says) {
    auto connection =
        kit::connect_to(kit::new_database("ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
                            .with("client_encoding", "LATIN1"));
    EXPECT_EQ(kit::first_cell(connection, "SHOW client_encoding"), "UTF8");
    EXPECT_EQ(kit::first_cell(connection, "SELECT 'é'"), "é");
}

TEST_F(ConnectionTest, is_named_after_the_options_unless_the_url_names_it) {
    auto ours = kit::connect_to(url(), {.application_name = "haetae test"});
    EXPECT_EQ(kit::first_cell(ours, "SHOW application_name"), "haetae test");
    auto theirs = kit::connect_to(url().with("application_name", "mine"), {.application_name = "haetae test"});
    EXPECT_EQ(kit::first_cell(theirs, "SHOW application_name"), "mine");
}

TEST_F(ConnectionTest, what_variables_add_is_used_and_told) {
    environment.set("PGOPTIONS", "-c work_mem=123kB");
    environment.set("PGTZ", "Asia/Seoul");
    environment.set("PGPASSWORD", "hunter2");
    auto connection = this->connection();
    EXPECT_EQ(kit::first_cell(connection, "SHOW work_mem"), "123kB");
    const std::vector<std::string> expected{"PGPASSWORD=***", "PGOPTIONS=-c work_mem=123kB", "PGTZ=Asia/Seoul"};
    EXPECT_EQ(connection.filled_from_environment(), expected);
}

TEST_F(ConnectionTest, a_server_of_ours_is_out_of_the_environments_reach) {
    environment.set("PGOPTIONS", "-c work_mem=123kB");
    environment.set("PGHOSTADDR", "192.0.2.1");
    environment.set("PGSERVICE", "nowhere");
    environment.set("PGTZ", "Asia/Seoul");
    auto connection = kit::connect_to(url(), {.use_environment = false});
    EXPECT_EQ(kit::first_cell(connection, "SHOW work_mem"), "4MB");
    EXPECT_EQ(kit::first_cell(connection, "SHOW timezone"), "UTC");
    EXPECT_TRUE(connection.filled_from_environment().empty());
}

TEST_F(ConnectionTest, hostaddr_of_the_environment_does_not_lead_away_from_the_urls_host) {
    environment.set("PGHOSTADDR", "192.0.2.1");
    EXPECT_TRUE(Connection::open(url(), {.connect_timeout = std::chrono::seconds(5)}));
}

}  // namespace
}  // namespace haetae::connect
