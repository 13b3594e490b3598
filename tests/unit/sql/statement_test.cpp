// SPDX-License-Identifier: Apache-2.0
// Facts of statements: the whole list of what PostgreSQL 13 to 18 refuses in a transaction block, its near relatives
// that are allowed, and input that would crash a parser without a fence.
#include "sql/statement.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

using namespace haetae;
using sql::TransactionNeed;

namespace {

struct Case {
    const char* text;
    const char* kind;
};

void expect_all(TransactionNeed need, std::initializer_list<Case> cases) {
    for (const auto& [text, kind] : cases) {
        const auto facts = sql::facts_of(text);
        EXPECT_EQ(facts.need, need) << text;
        EXPECT_EQ(facts.kind, kind) << text;
    }
}

TEST(Facts, know_what_cannot_run_in_a_transaction) {
    expect_all(TransactionNeed::outside,
               {{"CREATE DATABASE d", "CREATE DATABASE"},
                {"drop database if exists d with (force)", "DROP DATABASE"},
                {"ALTER DATABASE d SET TABLESPACE t", "ALTER DATABASE"},
                {"CREATE TABLESPACE t LOCATION '/x'", "CREATE TABLESPACE"},
                {"DROP TABLESPACE t", "DROP TABLESPACE"},
                {"ALTER SYSTEM SET work_mem = '1MB'", "ALTER SYSTEM"},
                {"/* a */ VACUUM -- b\n(ANALYZE) t", "VACUUM"},
                {"VACUUM", "VACUUM"},
                {"VACUUM ONLY t", "VACUUM"},
                {"CLUSTER", "CLUSTER"},
                {"CLUSTER VERBOSE", "CLUSTER"},
                {"CLUSTER (VERBOSE)", "CLUSTER"},
                {"REINDEX DATABASE d", "REINDEX DATABASE"},
                {"REINDEX DATABASE", "REINDEX DATABASE"},
                {"REINDEX SYSTEM d", "REINDEX SYSTEM"},
                {"REINDEX SCHEMA s", "REINDEX SCHEMA"},
                {"REINDEX TABLE CONCURRENTLY t", "REINDEX TABLE CONCURRENTLY"},
                {"REINDEX (VERBOSE, CONCURRENTLY) INDEX i", "REINDEX INDEX CONCURRENTLY"},
                {"REINDEX (CONCURRENTLY on) INDEX i", "REINDEX INDEX CONCURRENTLY"},
                {"CREATE INDEX CONCURRENTLY ON t (a)", "CREATE INDEX CONCURRENTLY"},
                {"create unique index concurrently if not exists i on s.t (a)", "CREATE INDEX CONCURRENTLY"},
                {"CREATE INDEX CONCURRENTLY i ON t (a) SOMETHING NEW (1, 2)", "CREATE INDEX CONCURRENTLY"},
                {"DROP INDEX CONCURRENTLY IF EXISTS s.i", "DROP INDEX CONCURRENTLY"},
                {"ALTER TABLE a DETACH PARTITION b CONCURRENTLY", "ALTER TABLE DETACH PARTITION CONCURRENTLY"},
                {"ALTER TABLE IF EXISTS ONLY s.a DETACH PARTITION s.b CONCURRENTLY",
                 "ALTER TABLE DETACH PARTITION CONCURRENTLY"},
                {"CREATE SUBSCRIPTION s CONNECTION 'host=h' PUBLICATION p", "CREATE SUBSCRIPTION"},
                {"CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (connect = false, create_slot = true)",
                 "CREATE SUBSCRIPTION"},
                {"ALTER SUBSCRIPTION s REFRESH PUBLICATION", "ALTER SUBSCRIPTION"},
                {"ALTER SUBSCRIPTION s SET PUBLICATION p", "ALTER SUBSCRIPTION"},
                {"ALTER SUBSCRIPTION s ADD PUBLICATION p WITH (refresh)", "ALTER SUBSCRIPTION"},
                {"ALTER SUBSCRIPTION s SET (failover = true)", "ALTER SUBSCRIPTION"},
                {"DROP SUBSCRIPTION s", "DROP SUBSCRIPTION"},
                {"DISCARD ALL", "DISCARD ALL"}});
}

TEST(Facts, know_the_relatives_that_may_run_in_a_transaction) {
    expect_all(TransactionNeed::any,
               {{"ALTER DATABASE d SET work_mem = '1MB'", "ALTER DATABASE"},
                {"ALTER DATABASE d CONNECTION LIMIT 3", "ALTER DATABASE"},
                {"ANALYZE t", "ANALYZE"},
                {"CLUSTER t USING i", "CLUSTER"},
                {"CLUSTER VERBOSE t", "CLUSTER"},
                {"REINDEX TABLE t", "REINDEX TABLE"},
                {"REINDEX (CONCURRENTLY false) TABLE t", "REINDEX TABLE"},
                {"REINDEX (VERBOSE) INDEX \"concurrently\"", "REINDEX INDEX"},
                {"CREATE INDEX \"concurrently\" ON t (a)", "CREATE INDEX"},
                {"CREATE UNIQUE INDEX i ON t (a)", "CREATE INDEX"},
                {"DROP INDEX i", "DROP INDEX"},
                {"ALTER TABLE a DETACH PARTITION b", "ALTER TABLE"},
                {"ALTER TABLE a DETACH PARTITION b FINALIZE", "ALTER TABLE"},
                {"ALTER TABLE detach ADD COLUMN \"concurrently\" int", "ALTER TABLE"},
                {"ALTER TYPE t ADD VALUE 'x'", "ALTER TYPE"},
                {"REFRESH MATERIALIZED VIEW CONCURRENTLY m", "REFRESH MATERIALIZED VIEW"},
                {"CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (connect = false)", "CREATE SUBSCRIPTION"},
                {"CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (create_slot = off)", "CREATE SUBSCRIPTION"},
                {"ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = false)", "ALTER SUBSCRIPTION"},
                {"ALTER SUBSCRIPTION s SET (slot_name = NONE)", "ALTER SUBSCRIPTION"},
                {"ALTER SUBSCRIPTION s DISABLE", "ALTER SUBSCRIPTION"},
                {"DISCARD PLANS", "DISCARD PLANS"},
                {"SAVEPOINT a", "SAVEPOINT"},
                {"ROLLBACK TO a", "ROLLBACK TO SAVEPOINT"},
                {"ROLLBACK WORK TO SAVEPOINT a", "ROLLBACK TO SAVEPOINT"},
                {"RELEASE SAVEPOINT a", "RELEASE SAVEPOINT"},
                {"PREPARE p AS SELECT 1", "PREPARE"},
                {"DO $$ BEGIN COMMIT; END $$", "DO"},
                {"CALL p()", "CALL"},
                {"WITH a AS (SELECT 1) SELECT * FROM a", "WITH"},
                {"(SELECT 1) UNION SELECT 2", "SELECT"},
                {"CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS $$ VACUUM $$", "CREATE FUNCTION"},
                {"CREATE TABLE vacuum_log (a int)", "CREATE TABLE"},
                {"CREATE UNLOGGED TABLE t ()", "CREATE TABLE"},
                {"CREATE FOREIGN DATA WRAPPER w", "CREATE FOREIGN DATA WRAPPER"},
                {"ALTER TEXT SEARCH CONFIGURATION c OWNER TO o", "ALTER TEXT SEARCH CONFIGURATION"},
                {"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO r", "ALTER DEFAULT PRIVILEGES"},
                {"CREATE MATERIALIZED VIEW m AS SELECT 1", "CREATE MATERIALIZED VIEW"},
                {"ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT ENFORCED", "ALTER TABLE"},
                {"MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE RETURNING *", "MERGE"},
                {"", ""}});
}

TEST(Facts, know_what_controls_transactions) {
    expect_all(TransactionNeed::control, {{"BEGIN", "BEGIN"},
                                          {"begin isolation level serializable", "BEGIN"},
                                          {"START TRANSACTION", "START TRANSACTION"},
                                          {"COMMIT", "COMMIT"},
                                          {"COMMIT WORK AND CHAIN", "COMMIT AND CHAIN"},
                                          {"COMMIT AND NO CHAIN", "COMMIT"},
                                          {"END TRANSACTION", "END"},
                                          {"/* x */ ROLLBACK", "ROLLBACK"},
                                          {"ROLLBACK AND CHAIN", "ROLLBACK AND CHAIN"},
                                          {"ABORT", "ABORT"},
                                          {"PREPARE TRANSACTION 'x'", "PREPARE TRANSACTION"},
                                          {"COMMIT PREPARED 'x'", "COMMIT PREPARED"},
                                          {"ROLLBACK PREPARED 'x'", "ROLLBACK PREPARED"}});
}

TEST(Facts, say_when_a_statement_could_not_be_parsed) {
    EXPECT_TRUE(sql::facts_of("VACUUM t").parsed);
    const auto facts = sql::facts_of("CRETE TABLE t ()");
    EXPECT_FALSE(facts.parsed);
    EXPECT_NE(facts.parse_error.find("CRETE"), std::string::npos);
    EXPECT_FALSE(sql::facts_of("CREATE INDEX CONCURRENTLY i ON t (a) SOMETHING NEW").parsed);
}

TEST(Facts, name_the_index_that_is_built_concurrently) {
    using Action = sql::IndexBuild::Action;
    const auto build_of = [](const char* text) { return sql::facts_of(text).index_build.value_or(sql::IndexBuild{}); };
    EXPECT_EQ(build_of("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"I x\" ON ONLY S.\"T\" (a)"),
              (sql::IndexBuild{Action::create, "s", "I x", "T", true}));
    EXPECT_EQ(build_of("CREATE INDEX CONCURRENTLY ON t (a)"), (sql::IndexBuild{Action::create, "", "", "t", false}));
    EXPECT_EQ(build_of("DROP INDEX CONCURRENTLY IF EXISTS s.i"), (sql::IndexBuild{Action::drop, "s", "i", "", true}));
    EXPECT_EQ(build_of("REINDEX INDEX CONCURRENTLY s.i"),
              (sql::IndexBuild{Action::reindex_index, "s", "i", "", false}));
    EXPECT_EQ(build_of("REINDEX (CONCURRENTLY) TABLE t"), (sql::IndexBuild{Action::reindex_table, "", "", "t", false}));
    EXPECT_EQ(build_of("REINDEX SCHEMA CONCURRENTLY s"), (sql::IndexBuild{Action::reindex_wider, "s", "", "", false}));
    EXPECT_FALSE(sql::facts_of("CREATE INDEX i ON t (a)").index_build.has_value());
    EXPECT_FALSE(sql::facts_of("VACUUM t").index_build.has_value());
}

TEST(Facts, name_the_partition_that_is_detached_concurrently) {
    const auto detach = sql::facts_of("ALTER TABLE IF EXISTS ONLY s.t DETACH PARTITION \"P 1\" CONCURRENTLY").detach;
    EXPECT_EQ(detach, (sql::PartitionDetach{"s", "t", "", "P 1"}));
    EXPECT_FALSE(sql::facts_of("ALTER TABLE t DETACH PARTITION p").detach.has_value());
}

TEST(IndexDefinition, is_the_same_index_on_another_table) {
    EXPECT_EQ(sql::index_definition_on("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"I\" ON ONLY s.t USING gin (a) "
                                       "WHERE t.a IS NOT NULL",
                                       "pg_temp.t"),
              "CREATE UNIQUE INDEX ON pg_temp.t USING gin (a) WHERE t.a IS NOT NULL");
    EXPECT_EQ(sql::index_definition_on("CREATE /* x */ INDEX CONCURRENTLY ON t(a)", "u"), "CREATE INDEX ON u (a)");
}

TEST(Facts, name_the_schemas_that_come_and_go) {
    using Names = std::vector<std::string>;
    EXPECT_EQ(sql::facts_of("CREATE SCHEMA Users AUTHORIZATION bob").creates_schemas, Names{"users"});
    EXPECT_EQ(sql::facts_of("CREATE SCHEMA AUTHORIZATION bob").creates_schemas, Names{"bob"});
    EXPECT_EQ(sql::facts_of("CREATE SCHEMA AUTHORIZATION CURRENT_USER").creates_schemas, Names{});
    EXPECT_EQ(sql::facts_of("CREATE SCHEMA IF NOT EXISTS users").creates_schemas, Names{});
    EXPECT_EQ(sql::facts_of("DROP SCHEMA IF EXISTS a, \"B\" CASCADE").drops_schemas, (Names{"a", "B"}));
}

TEST(Facts, know_long_validations_and_copies) {
    EXPECT_TRUE(sql::facts_of("ALTER TABLE ONLY s.t VALIDATE CONSTRAINT a, VALIDATE CONSTRAINT \"b\"").validates);
    EXPECT_FALSE(sql::facts_of("ALTER TABLE t VALIDATE CONSTRAINT a, ADD COLUMN b int").validates);
    EXPECT_TRUE(sql::facts_of("copy s.t (a, b) from stdin with (format csv)").copies_from_stdin);
    EXPECT_FALSE(sql::facts_of("COPY (SELECT * FROM stdin) TO STDOUT").copies_from_stdin);
}

std::string repeated(const std::string& piece, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += piece;
    return text;
}

TEST(Facts, survive_input_of_any_depth) {
    for (const int times : {600, 1200, 2400, 4900, 60000}) {
        // An unknown first word sends the text to the parser; the limit keeps the worst of it away.
        for (const auto& text :
             {"REINDEX (a " + repeated("(", times) + repeated(")", times) + ") TABLE t",
              "CREATE INDEX CONCURRENTLY i ON t ((" + repeated("1+", times) + "1))",
              "CREATE INDEX CONCURRENTLY i ON t ((" + repeated("- ", times) + "1))",
              "CREATE INDEX CONCURRENTLY i ON t ((" + repeated("-+", times) + "1))",
              "CREATE INDEX CONCURRENTLY i ON t (a) WHERE " + repeated("NOT ", times) + "true",
              "CREATE INDEX CONCURRENTLY i ON t (a) WHERE " + repeated("(", times) + "1" + repeated(")", times),
              "CREATE INDEX CONCURRENTLY i ON t (a) WHERE " + repeated("CASE WHEN a THEN ", times) + "1" +
                  repeated(" END", times),
              "CREATE INDEX CONCURRENTLY i ON t (a) WHERE EXISTS (SELECT 1 " + repeated("UNION SELECT 1 ", times) + ")",
              "CREATE INDEX CONCURRENTLY i ON t (a) WHERE " + repeated("ARRAY[", times) + "1" + repeated("]", times),
              "CREATE INDEX CONCURRENTLY i ON t (a) WHERE x" + repeated("::int", times),
              "CREATE INDEX CONCURRENTLY i ON t (a) WHERE x" + repeated("[1]", times),
              "CREATE INDEX CONCURRENTLY i ON t (a) WHERE x" + repeated(" AND x", times)}) {
            EXPECT_EQ(sql::facts_of(text).need, TransactionNeed::outside) << text.substr(0, 60) << " x " << times;
        }
    }
}

TEST(Facts, tell_a_long_insert_by_its_first_word) {
    const std::string text = "INSERT INTO t VALUES " + repeated("(1, 'x', now()), ", 20000) + "(1, 'x', now())";
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(sql::facts_of(text).kind, "INSERT");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

}  // namespace
