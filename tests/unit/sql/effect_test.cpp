// SPDX-License-Identifier: Apache-2.0
// The table of docs/reference/running.md, statement by statement.
#include "sql/effect.hpp"

#include <gtest/gtest.h>

#include <string>

namespace haetae::sql {
namespace {

struct Case {
    std::string statement;
    Effect effect;
};

TEST(Effect, of_what_adds_is_told_from_what_takes) {
    const Case cases[] = {
        {"CREATE TABLE a (n int NOT NULL)", Effect::adds},
        {"CREATE TABLE a AS SELECT 1", Effect::adds},
        {"CREATE UNIQUE INDEX CONCURRENTLY i ON a (n)", Effect::adds},
        {"CREATE OR REPLACE VIEW v AS SELECT 1", Effect::adds},
        {"CREATE MATERIALIZED VIEW v AS SELECT 1", Effect::adds},
        {"CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", Effect::adds},
        {"CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f()", Effect::adds},
        {"COMMENT ON TABLE a IS 'x'", Effect::adds},
        {"GRANT SELECT ON a TO b", Effect::adds},
        {"GRANT a TO b", Effect::adds},
        {"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO b", Effect::adds},
        {"SET search_path = a", Effect::adds},
        {"ANALYZE a", Effect::adds},
        {"ALTER TYPE mood ADD VALUE 'glad'", Effect::adds},
        {"ALTER TABLE a ADD COLUMN n int", Effect::adds},
        {"ALTER TABLE a ADD COLUMN n int NOT NULL DEFAULT 0", Effect::adds},
        {"ALTER TABLE a ADD COLUMN n bigserial", Effect::adds},
        {"ALTER TABLE a ADD COLUMN n serial NOT NULL", Effect::adds},
        {"ALTER TABLE a ADD COLUMN n int GENERATED ALWAYS AS IDENTITY", Effect::adds},
        {"ALTER TABLE a ADD CONSTRAINT c CHECK (n > 0) NOT VALID", Effect::adds},
        {"ALTER TABLE a VALIDATE CONSTRAINT c", Effect::adds},
        {"ALTER TABLE a ALTER n DROP NOT NULL, ALTER n SET DEFAULT 1", Effect::adds},

        {"/* rows */ INSERT INTO a VALUES (1)", Effect::data},
        {"WITH x AS (SELECT 1) INSERT INTO a SELECT * FROM x", Effect::data},
        {"UPDATE a SET n = 1", Effect::data},
        {"DELETE FROM a", Effect::data},
        {"SELECT pg_catalog.setval('s', 1)", Effect::data},

        {"DROP TABLE a", Effect::takes},
        {"DROP INDEX CONCURRENTLY i", Effect::takes},
        {"TRUNCATE a", Effect::takes},
        {"ALTER TABLE a DROP COLUMN n", Effect::takes},
        {"ALTER TABLE a ADD COLUMN m int, DROP COLUMN n", Effect::takes},
        {"ALTER TABLE a RENAME COLUMN n TO m", Effect::takes},
        {"ALTER TABLE a RENAME TO b", Effect::takes},
        {"ALTER TABLE a SET SCHEMA b", Effect::takes},
        {"ALTER TABLE a ALTER n TYPE bigint", Effect::takes},
        {"ALTER TABLE a ALTER n SET NOT NULL", Effect::takes},
        {"ALTER TABLE a ALTER n DROP DEFAULT", Effect::takes},
        {"ALTER TABLE a ADD COLUMN n int NOT NULL", Effect::takes},
        {"ALTER TABLE a ADD COLUMN n int PRIMARY KEY", Effect::takes},
        {"ALTER TABLE a DROP CONSTRAINT c", Effect::takes},
        {"ALTER TABLE a DETACH PARTITION p", Effect::takes},
        {"ALTER TABLE a ENABLE ROW LEVEL SECURITY", Effect::takes},
        {"ALTER TABLE a OWNER TO b", Effect::takes},
        {"ALTER TYPE mood RENAME VALUE 'glad' TO 'happy'", Effect::takes},
        {"REVOKE SELECT ON a FROM b", Effect::takes},
        {"REVOKE a FROM b", Effect::takes},
        {"ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM b", Effect::takes},
        {"DO 'BEGIN DROP TABLE a; END'", Effect::takes},
        {"CALL f()", Effect::takes},
        {"ALTER SYSTEM SET work_mem = '1MB'", Effect::takes},
        {"CREATE GIBBERISH", Effect::takes},
        {"", Effect::takes},
    };
    for (const auto& [statement, effect] : cases) EXPECT_EQ(effect_of(statement), effect) << statement;
}

TEST(Effect, of_an_insert_too_long_for_the_parser_is_data) {
    std::string sql = "INSERT INTO a VALUES (0)";
    for (int i = 0; i < 20000; ++i) sql += ",(1)";
    EXPECT_EQ(effect_of(sql), Effect::data);
}

TEST(Effect, of_a_statement_too_long_for_the_parser_is_that_it_takes) {
    std::string sql = "CREATE VIEW v AS SELECT 1";
    for (int i = 0; i < 20000; ++i) sql += "+1";
    EXPECT_EQ(effect_of(sql), Effect::takes);
}

}  // namespace
}  // namespace haetae::sql
