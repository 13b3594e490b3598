// SPDX-License-Identifier: Apache-2.0
// The proof of reason/ddl: what is dumped comes back.
#include <fmt/format.h>

#include "ddl/dependency_order.hpp"
#include "round_trip.hpp"

namespace haetae::ddl {

namespace {

TEST_F(RoundTripTest, every_kind_of_object_with_every_attribute_comes_back) {
    const auto sql = os::read_file(HAETAE_SOURCE "/tests/live/ddl/every_kind.sql", 1 << 20U);
    ASSERT_TRUE(sql);
    round_trip(*sql);
}

TEST_F(RoundTripTest, odd_corners_come_back) {
    const auto sql = os::read_file(HAETAE_SOURCE "/tests/live/ddl/odd_corners.sql", 1 << 20U);
    ASSERT_TRUE(sql);
    round_trip(*sql);
}

TEST_F(RoundTripTest, an_empty_database_gives_no_statement_but_settings) {
    const auto statements = round_trip("");
    EXPECT_EQ(statements.find("CREATE"), std::string::npos) << statements;
}

TEST_F(RoundTripTest, an_expression_that_prints_otherwise_once_reloaded_is_dumped_as_it_stays) {
    round_trip(R"(
        CREATE TABLE t (status varchar(9) CHECK (status IN ('a', 'b')), g boolean GENERATED ALWAYS AS (status IN ('a', 'b')) STORED);
        CREATE INDEX i ON t (status) WHERE status IN ('a', 'b');
        CREATE VIEW v AS SELECT * FROM t WHERE status IN ('a', 'b');
        CREATE POLICY p ON t USING (status IN ('a', 'b'));)",
               false);
}

// pg_dump warns of such a loop, and what it writes cannot be loaded.
TEST_F(RoundTripTest, functions_that_call_each_other_get_a_stand_in) {
    round_trip(R"(
        CREATE FUNCTION ping(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
        CREATE FUNCTION pong(a integer DEFAULT ping(1), b text DEFAULT ', ') RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT ping(a); END;
        CREATE OR REPLACE FUNCTION ping(a integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT pong(a, 'x') + 1; END;
        COMMENT ON FUNCTION ping(integer) IS 'to and fro';)",
               false);
}

TEST_F(RoundTripTest, views_that_read_each_other_get_a_stand_in) {
    const auto statements = round_trip(R"(
        CREATE VIEW a AS SELECT 1 AS x, 'y'::varchar(7) COLLATE "C" AS "Y y";
        CREATE VIEW b AS SELECT * FROM a;
        CREATE OR REPLACE VIEW a WITH (security_barrier) AS SELECT 2 AS x, "Y y" FROM b;)");
    EXPECT_NE(statements.find("NULL::character varying(7) COLLATE pg_catalog.\"C\" AS \"Y y\""), std::string::npos)
        << statements;
}

TEST_F(RoundTripTest, a_default_and_a_check_that_need_a_function_of_the_table_follow_it) {
    const auto statements = round_trip(R"(
        CREATE TABLE t (id integer, other integer DEFAULT 3);
        CREATE FUNCTION f(t) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
        CREATE FUNCTION g() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT count(*)::integer FROM t; END;
        ALTER TABLE t ALTER id SET DEFAULT g(), ADD CHECK (f(t));)");
    EXPECT_NE(statements.find("other integer DEFAULT 3"), std::string::npos) << statements;
}

TEST_F(RoundTripTest, a_domain_whose_check_calls_a_function_of_the_domain_comes_back) {
    round_trip(R"(
        CREATE DOMAIN d AS integer;
        CREATE FUNCTION f(d) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
        ALTER DOMAIN d ADD CONSTRAINT c CHECK (f(VALUE));)");
}

TEST_F(RoundTripTest, a_schema_without_the_usual_public_comment_and_rights_comes_back) {
    round_trip(
        "COMMENT ON SCHEMA public IS NULL; REVOKE USAGE ON SCHEMA public FROM PUBLIC; "
        "ALTER SCHEMA public OWNER TO dump_reader");
}

TEST_F(RoundTripTest, grants_are_given_by_those_who_gave_them_after_they_could) {
    round_trip(R"(
        CREATE TABLE t (a integer);
        GRANT SELECT ON t TO dump_third WITH GRANT OPTION;
        SET SESSION AUTHORIZATION dump_third; GRANT SELECT ON t TO dump_reader WITH GRANT OPTION; RESET SESSION AUTHORIZATION;
        SET SESSION AUTHORIZATION dump_reader; GRANT SELECT ON t TO "Dump ""Other"" role"; RESET SESSION AUTHORIZATION;)",
               false);
}

TEST_F(RoundTripTest, an_unfinished_index_of_a_partitioned_table_stays_unfinished) {
    const auto statements = round_trip(R"(
        CREATE TABLE t (a integer, b integer) PARTITION BY LIST (a);
        CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
        CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2);
        CREATE INDEX whole ON ONLY t (b);
        CREATE INDEX part ON t1 (b);
        ALTER INDEX whole ATTACH PARTITION part;)");
    EXPECT_NE(statements.find("CREATE INDEX whole ON ONLY public.t "), std::string::npos) << statements;
}

TEST_F(RoundTripTest, without_owners_and_privileges_nothing_names_a_role) {
    const auto source = made_by(R"(
        CREATE TABLE t (a integer); ALTER TABLE t OWNER TO dump_reader; GRANT SELECT ON t TO dump_third;
        ALTER DEFAULT PRIVILEGES FOR ROLE dump_reader GRANT SELECT ON TABLES TO PUBLIC;)");
    const auto model = read(source);
    EXPECT_NE(dump(model).find("dump_reader"), std::string::npos);
    EXPECT_NE(dump(model).find("dump_third"), std::string::npos);
    const auto bare = dump(model, {.owners = false, .privileges = false});
    EXPECT_EQ(bare.find("dump_"), std::string::npos) << bare;
}

TEST_F(RoundTripTest, what_cannot_be_dumped_is_named) {
    const auto source = made_by(R"(
        CREATE TABLE t (a integer);
        INSERT INTO t VALUES (1), (1);
        CREATE PUBLICATION everything FOR ALL TABLES;
        CREATE FUNCTION same(integer, integer) RETURNS boolean LANGUAGE sql AS 'SELECT true';
        CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = integer, FUNCTION = same);)");
    auto connection = kit::connect_to(source);
    EXPECT_FALSE(connection.simple("CREATE UNIQUE INDEX CONCURRENTLY broken ON t (a)"));
    const std::vector<std::string> expected{"operator public.===(integer,integer)", "publication everything",
                                            "invalid index public.broken"};
    EXPECT_EQ(left_out(read(source)), expected);
}

/// Tables with foreign keys to each other, indexes, views on views and functions, in several schemas.
std::string large_schema(int tables) {
    std::string sql = "CREATE TYPE public.mood AS ENUM ('a', 'b');\n";
    for (int s = 0; s < 5; ++s) sql += fmt::format("CREATE SCHEMA s{};\n", s);
    for (int i = 0; i < tables; ++i) {
        const auto name = fmt::format("s{}.t{}", i % 5, i);
        sql += fmt::format(
            "CREATE TABLE {0} (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, other bigint, n serial, name "
            "text NOT NULL "
            "DEFAULT 'x{1}', mood public.mood, price numeric(10,2) CHECK (price > {1}), tags text[], "
            "total numeric GENERATED ALWAYS AS (price * 2) STORED, UNIQUE (name, mood));\n"
            "COMMENT ON TABLE {0} IS 'number {1}';\n"
            "CREATE INDEX ON {0} (other) WHERE price > 1;\nCREATE INDEX t{1}_lower ON {0} (lower(name));\n"
            "CREATE FUNCTION s{2}.f{1}(row_of {0}) RETURNS integer LANGUAGE sql STABLE RETURN 1;\n"
            "CREATE FUNCTION s{2}.touch{1}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';\n"
            "CREATE TRIGGER touch BEFORE UPDATE ON {0} FOR EACH ROW EXECUTE FUNCTION s{2}.touch{1}();\n",
            name, i, i % 5);
        if (i > 0) {
            sql += fmt::format("ALTER TABLE s{}.t{} ADD CONSTRAINT to_next{} FOREIGN KEY (other) REFERENCES {};\n",
                               (i - 1) % 5, i - 1, i, name);
            sql +=
                fmt::format("CREATE VIEW s{0}.v{1} AS SELECT t.id, t.name, s{0}.f{1}(t.*) AS f FROM {2} t{3};\n", i % 5,
                            i, name, i > 1 ? fmt::format(" JOIN s{0}.v{1} w ON w.id = t.id", (i - 1) % 5, i - 1) : "");
        }
    }
    sql += fmt::format("ALTER TABLE s{}.t{} ADD FOREIGN KEY (other) REFERENCES s0.t0;\n", (tables - 1) % 5, tables - 1);
    return sql;
}

TEST_F(RoundTripTest, a_large_schema_comes_back) {
    round_trip(large_schema(200));
}

}  // namespace

}  // namespace haetae::ddl
