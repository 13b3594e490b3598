// SPDX-License-Identifier: Apache-2.0
// Each attribute of what is no table, one at a time.
#include "attribute_fixture.hpp"

namespace haetae::catalog {
namespace {

constexpr AttributeCase schema_cases[] = {
    {"owner", "", "ALTER SCHEMA s OWNER TO reader", "- schema s owner postgres\n+ schema s owner reader"},
    {"comment", "", "COMMENT ON SCHEMA s IS 'why'", "+ schema s comment why"},
    {"grant", "", "GRANT USAGE ON SCHEMA s TO reader", "+ schema s granted USAGE to reader"},
    {"grant of everything", "", "GRANT ALL ON SCHEMA s TO reader", "+ schema s granted ALL to reader"},
    {"default privileges", "", "ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO reader",
     "+ default privileges of postgres on TABLES in schema s"},
    {"who gets default privileges", "ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT USAGE ON SEQUENCES TO reader",
     "ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT USAGE ON SEQUENCES TO PUBLIC",
     "+ default privileges of postgres on SEQUENCES in schema s granted USAGE to PUBLIC"},
    {"extension", "", "CREATE EXTENSION citext SCHEMA s", "+ extension citext"},
    {"comment on an extension", "CREATE EXTENSION citext SCHEMA s", "COMMENT ON EXTENSION citext IS 'why'",
     "- extension citext comment data type for case-insensitive character strings\n+ extension citext comment why"},
};

constexpr AttributeCase sequence_cases[] = {
    {"type", "CREATE SEQUENCE s.q MAXVALUE 100", "ALTER SEQUENCE s.q AS integer MAXVALUE 100",
     "- sequence s.q type bigint\n+ sequence s.q type integer"},
    {"start", "CREATE SEQUENCE s.q", "ALTER SEQUENCE s.q START 3", "- sequence s.q start 1\n+ sequence s.q start 3"},
    {"increment", "CREATE SEQUENCE s.q", "ALTER SEQUENCE s.q INCREMENT 3",
     "- sequence s.q increment 1\n+ sequence s.q increment 3"},
    {"minimum", "CREATE SEQUENCE s.q", "ALTER SEQUENCE s.q MINVALUE -3",
     "- sequence s.q minimum 1\n+ sequence s.q minimum -3"},
    {"maximum", "CREATE SEQUENCE s.q", "ALTER SEQUENCE s.q MAXVALUE 3",
     "- sequence s.q maximum 9223372036854775807\n+ sequence s.q maximum 3"},
    {"cache", "CREATE SEQUENCE s.q", "ALTER SEQUENCE s.q CACHE 3", "- sequence s.q cache 1\n+ sequence s.q cache 3"},
    {"cycle", "CREATE SEQUENCE s.q", "ALTER SEQUENCE s.q CYCLE", "+ sequence s.q cycle"},
    {"persistence", "CREATE SEQUENCE s.q", "ALTER SEQUENCE s.q SET UNLOGGED", "+ sequence s.q unlogged"},
    {"ownership", "CREATE SEQUENCE s.q; CREATE TABLE s.t (a int)", "ALTER SEQUENCE s.q OWNED BY s.t.a",
     "+ sequence s.q owned by s.t.a"},
    {"owner", "CREATE SEQUENCE s.q", "ALTER SEQUENCE s.q OWNER TO reader",
     "- sequence s.q owner postgres\n+ sequence s.q owner reader"},
    {"grant", "CREATE SEQUENCE s.q", "GRANT USAGE ON SEQUENCE s.q TO reader", "+ sequence s.q granted USAGE to reader"},
    {"comment", "CREATE SEQUENCE s.q", "COMMENT ON SEQUENCE s.q IS 'why'", "+ sequence s.q comment why"},
};

constexpr AttributeCase view_cases[] = {
    {"query", "CREATE VIEW s.v AS SELECT 1 AS a", "CREATE OR REPLACE VIEW s.v AS SELECT 2 AS a",
     "- view s.v definition SELECT 1 AS a\n+ view s.v definition SELECT 2 AS a"},
    {"options", "CREATE VIEW s.v AS SELECT 1 AS a", "ALTER VIEW s.v SET (security_invoker = true)",
     "+ view s.v option security_invoker=true"},
    {"default of a column", "CREATE VIEW s.v AS SELECT 1 AS a", "ALTER VIEW s.v ALTER a SET DEFAULT 3",
     "+ view s.v column a default 3"},
    {"comment on a column", "CREATE VIEW s.v AS SELECT 1 AS a", "COMMENT ON COLUMN s.v.a IS 'why'",
     "+ view s.v column a comment why"},
    {"grant on a column", "CREATE VIEW s.v AS SELECT 1 AS a", "GRANT SELECT (a) ON s.v TO reader",
     "+ view s.v column a granted SELECT to reader"},
    {"trigger", "CREATE VIEW s.v AS SELECT 1 AS a",
     "CREATE TRIGGER g INSTEAD OF INSERT ON s.v FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
     "+ view s.v trigger g"},
    {"rule", "CREATE VIEW s.v AS SELECT 1 AS a", "CREATE RULE r AS ON DELETE TO s.v DO INSTEAD NOTHING",
     "+ view s.v rule r"},
    {"owner", "CREATE VIEW s.v AS SELECT 1 AS a", "ALTER VIEW s.v OWNER TO reader",
     "- view s.v owner postgres\n+ view s.v owner reader"},
    {"grant", "CREATE VIEW s.v AS SELECT 1 AS a", "GRANT SELECT ON s.v TO reader",
     "+ view s.v granted SELECT to reader"},
    {"comment", "CREATE VIEW s.v AS SELECT 1 AS a", "COMMENT ON VIEW s.v IS 'why'", "+ view s.v comment why"},
    {"query of a materialized view", "CREATE MATERIALIZED VIEW s.m AS SELECT 1 AS a",
     "DROP MATERIALIZED VIEW s.m; CREATE MATERIALIZED VIEW s.m AS SELECT 2 AS a",
     "- materialized view s.m definition SELECT 1 AS a\n+ materialized view s.m definition SELECT 2 AS a"},
    {"options of a materialized view", "CREATE MATERIALIZED VIEW s.m AS SELECT 1 AS a",
     "ALTER MATERIALIZED VIEW s.m SET (fillfactor = 70)", "+ materialized view s.m option fillfactor=70"},
    {"index of a materialized view", "CREATE MATERIALIZED VIEW s.m AS SELECT 1 AS a", "CREATE INDEX i ON s.m (a)",
     "+ materialized view s.m index i"},
    {"statistics of a column", "CREATE MATERIALIZED VIEW s.m AS SELECT 1 AS a",
     "ALTER MATERIALIZED VIEW s.m ALTER a SET STATISTICS 7", "+ materialized view s.m column a statistics 7"},
    {"owner of a materialized view", "CREATE MATERIALIZED VIEW s.m AS SELECT 1 AS a",
     "ALTER MATERIALIZED VIEW s.m OWNER TO reader",
     "- materialized view s.m owner postgres\n+ materialized view s.m owner reader"},
    {"grant on a materialized view", "CREATE MATERIALIZED VIEW s.m AS SELECT 1 AS a", "GRANT SELECT ON s.m TO reader",
     "+ materialized view s.m granted SELECT to reader"},
    {"comment on a materialized view", "CREATE MATERIALIZED VIEW s.m AS SELECT 1 AS a",
     "COMMENT ON MATERIALIZED VIEW s.m IS 'why'", "+ materialized view s.m comment why"},
};

#define MAKE_F "CREATE FUNCTION s.f(a int) RETURNS int LANGUAGE sql AS 'SELECT a';"
constexpr AttributeCase function_cases[] = {
    {"overload", MAKE_F, "CREATE FUNCTION s.f(a text) RETURNS int LANGUAGE sql AS 'SELECT 1'", "+ function s.f(text)"},
    {"arguments", MAKE_F, "CREATE OR REPLACE FUNCTION s.f(a int DEFAULT 3) RETURNS int LANGUAGE sql AS 'SELECT a'",
     "- function s.f(integer) arguments a integer\n+ function s.f(integer) arguments a integer DEFAULT 3"},
    {"result", MAKE_F, "DROP FUNCTION s.f; CREATE FUNCTION s.f(a int) RETURNS SETOF int LANGUAGE sql AS 'SELECT a'",
     "- function s.f(integer) result integer\n+ function s.f(integer) result SETOF integer"},
    {"language and body", MAKE_F,
     "CREATE OR REPLACE FUNCTION s.f(a int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN a; END'",
     "- function s.f(integer) body SELECT a\n+ function s.f(integer) body BEGIN RETURN a; END\n"
     "- function s.f(integer) language sql\n+ function s.f(integer) language plpgsql"},
    {"body in SQL", "CREATE FUNCTION s.f(a int) RETURNS int LANGUAGE sql RETURN a",
     "CREATE OR REPLACE FUNCTION s.f(a int) RETURNS int LANGUAGE sql RETURN a + 1",
     "- function s.f(integer) sql body RETURN a\n+ function s.f(integer) sql body RETURN (a + 1)"},
    {"symbol and library of C", "CREATE FUNCTION s.f() RETURNS trigger LANGUAGE internal AS 'RI_FKey_check_ins'",
     "CREATE OR REPLACE FUNCTION s.f() RETURNS trigger LANGUAGE internal AS 'RI_FKey_check_upd'",
     "- function s.f() body RI_FKey_check_ins\n+ function s.f() body RI_FKey_check_upd"},
    {"volatility", MAKE_F, "ALTER FUNCTION s.f STABLE",
     "- function s.f(integer) volatility volatile\n+ function s.f(integer) volatility stable"},
    {"parallel safety", MAKE_F, "ALTER FUNCTION s.f PARALLEL SAFE",
     "- function s.f(integer) parallel unsafe\n+ function s.f(integer) parallel safe"},
    {"strictness", MAKE_F, "ALTER FUNCTION s.f STRICT", "+ function s.f(integer) strict"},
    {"security definer", MAKE_F, "ALTER FUNCTION s.f SECURITY DEFINER", "+ function s.f(integer) security definer"},
    {"leakproof", MAKE_F, "ALTER FUNCTION s.f LEAKPROOF", "+ function s.f(integer) leakproof"},
    {"cost", MAKE_F, "ALTER FUNCTION s.f COST 7", "+ function s.f(integer) cost 7"},
    {"rows", "CREATE FUNCTION s.f() RETURNS SETOF int LANGUAGE sql AS 'SELECT 1'", "ALTER FUNCTION s.f ROWS 7",
     "+ function s.f() rows 7"},
    {"support", MAKE_F, "ALTER FUNCTION s.f SUPPORT pg_catalog.generate_series_int4_support",
     "+ function s.f(integer) support generate_series_int4_support"},
    {"setting", MAKE_F, "ALTER FUNCTION s.f SET search_path TO s, \"$user\"",
     "+ function s.f(integer) setting search_path=s, \"$user\""},
    {"owner", MAKE_F, "ALTER FUNCTION s.f OWNER TO reader",
     "- function s.f(integer) owner postgres\n+ function s.f(integer) owner reader"},
    {"revoked from PUBLIC", MAKE_F, "REVOKE EXECUTE ON FUNCTION s.f FROM PUBLIC",
     "+ function s.f(integer) revoked EXECUTE from PUBLIC"},
    {"comment", MAKE_F, "COMMENT ON FUNCTION s.f IS 'why'", "+ function s.f(integer) comment why"},
    {"kind", MAKE_F, "DROP FUNCTION s.f; CREATE PROCEDURE s.f(a int) LANGUAGE sql AS 'SELECT a'",
     "- function s.f(integer)\n+ procedure s.f(integer)"},
    {"transforms",
     "DROP TRANSFORM IF EXISTS FOR int LANGUAGE sql; CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION "
     "prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));" MAKE_F,
     "CREATE OR REPLACE FUNCTION s.f(a int) RETURNS int LANGUAGE sql TRANSFORM FOR TYPE int AS 'SELECT a'",
     "+ function s.f(integer) transforms integer"},
};

#define MAKE_A "CREATE AGGREGATE s.g(int) (SFUNC = int4pl, STYPE = int);"
constexpr AttributeCase aggregate_cases[] = {
    {"clause", MAKE_A,
     "DROP AGGREGATE s.g(int); CREATE AGGREGATE s.g(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0')",
     "+ aggregate s.g(integer) INITCOND '0'"},
    {"transition function", MAKE_A, "CREATE OR REPLACE AGGREGATE s.g(int) (SFUNC = int4mul, STYPE = int)",
     "- aggregate s.g(integer) SFUNC int4pl\n+ aggregate s.g(integer) SFUNC int4mul"},
    {"parallel safety", MAKE_A, "CREATE OR REPLACE AGGREGATE s.g(int) (SFUNC = int4pl, STYPE = int, PARALLEL = SAFE)",
     "+ aggregate s.g(integer) PARALLEL SAFE"},
    {"owner", MAKE_A, "ALTER AGGREGATE s.g(int) OWNER TO reader",
     "- aggregate s.g(integer) owner postgres\n+ aggregate s.g(integer) owner reader"},
    {"comment", MAKE_A, "COMMENT ON AGGREGATE s.g(int) IS 'why'", "+ aggregate s.g(integer) comment why"},
    {"grant", MAKE_A, "REVOKE ALL ON FUNCTION s.g(int) FROM PUBLIC",
     "+ aggregate s.g(integer) revoked EXECUTE from PUBLIC"},
};

constexpr AttributeCase type_cases[] = {
    {"labels", "CREATE TYPE s.e AS ENUM ('a', 'c')", "ALTER TYPE s.e ADD VALUE 'it''s' BEFORE 'c'",
     "- enum s.e labels 'a', 'c'\n+ enum s.e labels 'a', 'it''s', 'c'"},
    {"owner", "CREATE TYPE s.e AS ENUM ()", "ALTER TYPE s.e OWNER TO reader",
     "- enum s.e owner postgres\n+ enum s.e owner reader"},
    {"comment", "CREATE TYPE s.e AS ENUM ()", "COMMENT ON TYPE s.e IS 'why'", "+ enum s.e comment why"},
    {"grant", "CREATE TYPE s.e AS ENUM ()", "REVOKE USAGE ON TYPE s.e FROM PUBLIC",
     "+ enum s.e revoked USAGE from PUBLIC"},
    {"type of a domain", "CREATE DOMAIN s.d AS varchar(3)", "DROP DOMAIN s.d; CREATE DOMAIN s.d AS varchar(4)",
     "- domain s.d type character varying(3)\n+ domain s.d type character varying(4)"},
    {"collation of a domain", "CREATE DOMAIN s.d AS text", "DROP DOMAIN s.d; CREATE DOMAIN s.d AS text COLLATE \"C\"",
     "+ domain s.d collation pg_catalog.\"C\""},
    {"not null of a domain", "CREATE DOMAIN s.d AS text", "ALTER DOMAIN s.d SET NOT NULL", "+ domain s.d not null"},
    {"default of a domain", "CREATE DOMAIN s.d AS text", "ALTER DOMAIN s.d SET DEFAULT 'x'",
     "+ domain s.d default 'x'::text"},
    {"check of a domain", "CREATE DOMAIN s.d AS text", "ALTER DOMAIN s.d ADD CONSTRAINT k CHECK (value <> '')",
     "+ domain s.d constraint k"},
    {"validity of a domain's check",
     "CREATE DOMAIN s.d AS text; ALTER DOMAIN s.d ADD CONSTRAINT k CHECK (value <> '') NOT VALID",
     "ALTER DOMAIN s.d VALIDATE CONSTRAINT k", "- domain s.d constraint k not validated"},
    {"comment on a domain's check", "CREATE DOMAIN s.d AS text CONSTRAINT k CHECK (value <> '')",
     "COMMENT ON CONSTRAINT k ON DOMAIN s.d IS 'why'", "+ domain s.d constraint k comment why"},
    {"owner of a domain", "CREATE DOMAIN s.d AS text", "ALTER DOMAIN s.d OWNER TO reader",
     "- domain s.d owner postgres\n+ domain s.d owner reader"},
    {"attribute of a composite type", "CREATE TYPE s.c AS (a int)",
     "ALTER TYPE s.c ALTER ATTRIBUTE a TYPE text COLLATE \"C\"",
     "+ composite type s.c attribute a collation pg_catalog.\"C\"\n- composite type s.c attribute a type integer\n"
     "+ composite type s.c attribute a type text"},
    {"comment on an attribute", "CREATE TYPE s.c AS (a int)", "COMMENT ON COLUMN s.c.a IS 'why'",
     "+ composite type s.c attribute a comment why"},
    {"comment on a composite type", "CREATE TYPE s.c AS (a int)", "COMMENT ON TYPE s.c IS 'why'",
     "+ composite type s.c comment why"},
    {"subtype of a range", "CREATE TYPE s.r AS RANGE (SUBTYPE = float8)",
     "DROP TYPE s.r; CREATE TYPE s.r AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi)",
     "+ range type s.r subtype diff float8mi"},
    {"operator class of a range", "CREATE TYPE s.r AS RANGE (SUBTYPE = text)",
     "DROP TYPE s.r; CREATE TYPE s.r AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = text_pattern_ops)",
     "+ range type s.r operator class pg_catalog.text_pattern_ops"},
    {"collation of a range", "CREATE TYPE s.r AS RANGE (SUBTYPE = text)",
     "DROP TYPE s.r; CREATE TYPE s.r AS RANGE (SUBTYPE = text, COLLATION = \"C\")",
     "+ range type s.r collation pg_catalog.\"C\""},
    {"name of a multirange", "CREATE TYPE s.r AS RANGE (SUBTYPE = text)",
     "DROP TYPE s.r; CREATE TYPE s.r AS RANGE (SUBTYPE = text, MULTIRANGE_TYPE_NAME = s.many)",
     "+ range type s.r multirange s.many"},
    {"comment on a range", "CREATE TYPE s.r AS RANGE (SUBTYPE = text)", "COMMENT ON TYPE s.r IS 'why'",
     "+ range type s.r comment why"},
    {"statistics object", "CREATE TABLE s.t (a int, b int); CREATE STATISTICS s.x (mcv) ON a, b FROM s.t",
     "DROP STATISTICS s.x; CREATE STATISTICS s.x (ndistinct) ON a, b FROM s.t",
     "- statistics s.x definition (mcv) ON a, b FROM s.t\n+ statistics s.x definition (ndistinct) ON a, b FROM s.t"},
    {"statistics target", "CREATE TABLE s.t (a int, b int); CREATE STATISTICS s.x ON a, b FROM s.t",
     "ALTER STATISTICS s.x SET STATISTICS 7", "+ statistics s.x target 7"},
    {"statistics owner", "CREATE TABLE s.t (a int, b int); CREATE STATISTICS s.x ON a, b FROM s.t",
     "ALTER STATISTICS s.x OWNER TO reader", "- statistics s.x owner postgres\n+ statistics s.x owner reader"},
    {"comment on statistics", "CREATE TABLE s.t (a int, b int); CREATE STATISTICS s.x ON a, b FROM s.t",
     "COMMENT ON STATISTICS s.x IS 'why'", "+ statistics s.x comment why"},
};

constexpr AttributeCase unmodelled_cases[] = {
    {"operator", "", "CREATE OPERATOR s.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)",
     "+ unmodelled operator s.===(integer,integer)"},
    {"operator class", "",
     "CREATE OPERATOR CLASS s.o FOR TYPE int USING hash AS OPERATOR 1 =, FUNCTION 1 hashint4(int)",
     "+ unmodelled operator class s.o USING hash\n+ unmodelled operator family s.o USING hash"},
    {"collation", "", "CREATE COLLATION s.c FROM \"C\"", "+ unmodelled collation s.c"},
    {"conversion", "", "CREATE CONVERSION s.c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
     "+ unmodelled conversion s.c"},
    {"text search", "", "CREATE TEXT SEARCH CONFIGURATION s.c (COPY = simple)",
     "+ unmodelled text search configuration s.c"},
    {"text search dictionary", "", "CREATE TEXT SEARCH DICTIONARY s.c (TEMPLATE = simple)",
     "+ unmodelled text search dictionary s.c"},
    {"foreign table", "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER r FOREIGN DATA WRAPPER w",
     "CREATE FOREIGN TABLE s.f (a int) SERVER r", "+ unmodelled foreign table s.f"},
    {"shell type", "", "CREATE TYPE s.b", "+ unmodelled type s.b"},
    {"cast", "CREATE TYPE s.c AS (a int)", "CREATE CAST (s.c AS text) WITH INOUT",
     "+ unmodelled cast (s.c AS pg_catalog.text)"},
    {"publication", "CREATE TABLE s.t (a int)", "CREATE PUBLICATION p FOR TABLE s.t", "+ unmodelled publication p"},
    {"event trigger", "CREATE FUNCTION s.f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
     "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION s.f()", "+ unmodelled event trigger e"},
};

TEST_F(AttributeTest, of_a_schema) {
    for (const auto& one : schema_cases) check(one);
}
TEST_F(AttributeTest, of_a_sequence) {
    for (const auto& one : sequence_cases) check(one);
}
TEST_F(AttributeTest, of_a_view) {
    for (const auto& one : view_cases) check(one);
}
TEST_F(AttributeTest, of_a_function) {
    for (const auto& one : function_cases) check(one);
}
TEST_F(AttributeTest, of_an_aggregate) {
    for (const auto& one : aggregate_cases) check(one);
}
TEST_F(AttributeTest, of_a_type_or_statistics) {
    for (const auto& one : type_cases) check(one);
}
TEST_F(AttributeTest, existence_of_what_is_not_modelled) {
    for (const auto& one : unmodelled_cases) check(one);
}

}  // namespace
}  // namespace haetae::catalog
