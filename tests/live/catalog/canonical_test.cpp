// SPDX-License-Identifier: Apache-2.0
// What the server prints is loaded again, the way every dump and every difference does it: the model stays the same.
#include <gtest/gtest.h>

#include <string>

#include "catalog/snapshot.hpp"
#include "kit/sandbox_fixture.hpp"
#include "model/fact.hpp"

namespace haetae::catalog {
namespace {

constexpr const char* expressions[] = {
    "v IN ('a', 'b')",
    "v NOT IN ('a', 'it''s', 'c\"d')",
    "lower(v) IN ('a', 'b') OR v10 IN ('c', NULL)",
    "v LIKE ANY (ARRAY['a%', 'b%'])",
    "v = ANY (ARRAY['a', 'b']::varchar(5)[])",
    "net = ANY (ARRAY['10.0.0.0/8', '11.0.0.0/8']::cidr[])",
    "reg IN ('pg_class', 'pg_type')",
    "bits = ANY (ARRAY[B'1', B'0'])",
    "dom IN ('x', 'y')",
    "CASE WHEN v IN ('a', 'b') THEN i IN (1, 2) ELSE b IN (1, 2) END",
    "ARRAY[ARRAY['a', v], ARRAY['b', v10]]::text[] IS NOT NULL",
    "ARRAY['a', 'b']::varchar[]::text[] IS NOT NULL",
    "ARRAY['1', '2']::s.d[]::text[] IS NOT NULL",
    "v COLLATE \"C\" IN ('a', 'b')",
    "i > -1 AND n IN (1, 2.5) AND c IN ('a', 'b') AND t IN ('a', 'b')",
    "((v, i) IN (('a', 1), ('b', 2)))",
    "xmlserialize(CONTENT '<a/>'::xml AS text) IS NOT NULL",
};

// Every printed form once more into the same place.
constexpr const char* load_again = R"(
SET search_path = '';
DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT conname, pg_get_constraintdef(oid) AS def FROM pg_constraint WHERE conrelid = 's.t'::regclass LOOP
    EXECUTE format('ALTER TABLE s.t DROP CONSTRAINT %1$I, ADD CONSTRAINT %1$I %2$s', r.conname, r.def);
  END LOOP;
  FOR r IN SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS def FROM pg_index
           WHERE indrelid = 's.t'::regclass LOOP
    EXECUTE format('DROP INDEX %s', r.name);
    EXECUTE r.def;
  END LOOP;
  FOR r IN SELECT polname, pg_get_expr(polqual, polrelid) AS def FROM pg_policy WHERE polrelid = 's.t'::regclass LOOP
    EXECUTE format('ALTER POLICY %I ON s.t USING (%s)', r.polname, r.def);
  END LOOP;
  FOR r IN SELECT attname, pg_get_expr(adbin, adrelid) AS def FROM pg_attrdef
           JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum WHERE adrelid = 's.t'::regclass ORDER BY attnum LOOP
    EXECUTE format('ALTER TABLE s.t DROP %1$I, ADD %1$I bool GENERATED ALWAYS AS (%2$s) STORED', r.attname, r.def);
  END LOOP;
  FOR r IN SELECT oid::regclass::text AS name, pg_get_viewdef(oid) AS def FROM pg_class
           WHERE relkind = 'v' AND relnamespace = 's'::regnamespace LOOP
    EXECUTE format('CREATE OR REPLACE VIEW %s AS %s', r.name, r.def);
  END LOOP;
END $$;
RESET search_path)";

constexpr const char* printed = R"(
SELECT string_agg(pg_get_constraintdef(oid), ' ' ORDER BY conname) FROM pg_constraint WHERE conrelid = 's.t'::regclass)";

class CanonicalTest : public kit::SandboxTest {};

TEST_F(CanonicalTest, what_is_printed_and_loaded_again_is_equal) {
    auto session = connection();
    std::string sql =
        "CREATE SCHEMA s; CREATE DOMAIN s.d AS varchar(10); CREATE TABLE s.t (v varchar, v10 varchar(10), net inet, "
        "reg regclass, bits varbit, dom s.d, i int, b bigint, n numeric, c char(3), t text);";
    int number = 0;
    for (const std::string expression : expressions) {
        const auto name = std::to_string(++number);
        sql += "ALTER TABLE s.t ADD CONSTRAINT k" + name + " CHECK (" + expression + ");";
        sql += "CREATE POLICY p" + name + " ON s.t USING (" + expression + ");";
        sql += "CREATE VIEW s.v" + name + " AS SELECT " + expression + " AS x FROM s.t WHERE " + expression + ";";
        // regclass and inet from text are not immutable.
        if (expression.find("reg") == 0) continue;
        sql += "CREATE INDEX i" + name + " ON s.t (i, (" + expression + ")) WHERE " + expression + ";";
        sql += "ALTER TABLE s.t ADD g" + name + " bool GENERATED ALWAYS AS (" + expression + ") STORED;";
    }
    const auto made = session.simple(sql);
    ASSERT_TRUE(made) << made.error().sentence;
    const auto first = read(session, {});
    ASSERT_TRUE(first) << first.error().sentence;
    auto text = kit::first_cell(session, printed);
    for (int generation = 2; generation <= 3; ++generation) {
        const auto loaded = session.simple(load_again);
        ASSERT_TRUE(loaded) << loaded.error().sentence;
        const auto again = read(session, {});
        ASSERT_TRUE(again);
        EXPECT_EQ(model::text(model::difference(*first, *again)), "");
        EXPECT_EQ(*first, *again);
        const auto text_again = kit::first_cell(session, printed);
        EXPECT_EQ(text == text_again, generation == 3) << "PostgreSQL's own text settles with the second generation";
        text = text_again;
    }
}

}  // namespace
}  // namespace haetae::catalog
