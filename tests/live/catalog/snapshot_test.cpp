// SPDX-License-Identifier: Apache-2.0
// What is read, by whom, and what happens when the schema does not hold still.
#include "catalog/snapshot.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "catalog/fingerprint.hpp"
#include "kit/sandbox_fixture.hpp"
#include "model/fact.hpp"

namespace haetae::catalog {
namespace {

class SnapshotTest : public kit::SandboxTest {
 protected:
    void SetUp() override {
        SandboxTest::SetUp();
        session.emplace(connection());
    }
    void run(const std::string& sql) {
        const auto done = session->simple(sql);
        ASSERT_TRUE(done) << done.error().sentence << "\n" << sql;
    }
    model::Database read_all(const Selection& selection = {}) {
        auto database = read(*session, selection);
        EXPECT_TRUE(database) << database.error().sentence;
        return database ? std::move(*database) : model::Database{};
    }
    bool needs(const model::Database& database, const model::ObjectName& dependent, const model::ObjectName& needed) {
        const auto& edges = database.origin.dependencies;
        return std::find(edges.begin(), edges.end(), model::Dependency{dependent, needed}) != edges.end();
    }

    std::optional<connect::Connection> session;
};

TEST_F(SnapshotTest, two_databases_made_in_another_order_are_equal) {
    const std::string type = "CREATE TYPE colour AS ENUM ('red');";
    const std::string function = "CREATE FUNCTION f(colour) RETURNS int LANGUAGE sql AS 'SELECT 1';";
    const std::string table = "CREATE TABLE t (a int PRIMARY KEY, c colour);";
    const std::string other = "CREATE TABLE a (x int); CREATE VIEW v AS SELECT x FROM a; CREATE SEQUENCE q;";
    run(type + function + table + other);
    const auto first = read_all();
    run("DROP TABLE t; DROP VIEW v; DROP TABLE a; DROP SEQUENCE q; DROP FUNCTION f; DROP TYPE colour;" + other + type +
        table + function);
    const auto second = read_all();
    EXPECT_EQ(first, second);
    EXPECT_EQ(fingerprint(first), fingerprint(second));
    EXPECT_FALSE(first.tables.empty());
}

TEST_F(SnapshotTest, any_name_is_read_as_it_is) {
    const std::string odd = "we\"ird. \xeb\xac\xb8\xf0\x9f\xa6\x8c\\n'ame";
    const std::string longest(63, 'x');
    const std::string index(63, 'y');
    const auto quoted = [](std::string name) {
        for (std::size_t i = 0; (i = name.find('"', i)) != std::string::npos; i += 2) name.insert(i, 1, '"');
        return "\"" + name + "\"";
    };
    run("CREATE SCHEMA " + quoted(odd) + "; CREATE TABLE " + quoted(odd) + "." + longest + " (" + quoted(odd) +
        " int CONSTRAINT " + quoted(odd) + " CHECK (" + quoted(odd) + " > 0)); CREATE INDEX " + quoted(index) + " ON " +
        quoted(odd) + "." + longest + " (" + quoted(odd) + ") WHERE " + quoted(odd) + " > 0");
    const model::SchemaName names[] = {model::SchemaName(odd)};
    const auto database = read_all({.schemas = names});
    ASSERT_EQ(database.tables.size(), 1U);
    const auto& table = database.tables[0];
    EXPECT_EQ(table.name, (model::QualifiedName{odd, longest}));
    EXPECT_EQ(table.columns.at(0).name, odd);
    EXPECT_EQ(table.constraints.at(0).definition, "CHECK ((" + quoted(odd) + " > 0))");
    EXPECT_EQ(table.indexes.at(0).name, index);
    EXPECT_EQ(table.indexes.at(0).definition, "USING btree (" + quoted(odd) + ")");
    EXPECT_EQ(table.indexes.at(0).predicate, "(" + quoted(odd) + " > 0)");
}

TEST_F(SnapshotTest, a_role_without_any_rights_reads_the_same) {
    run("DO $$ BEGIN CREATE ROLE nobody; EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
        "CREATE SCHEMA s; CREATE TABLE s.t (a int DEFAULT 1, CHECK (a > 0)); CREATE INDEX ON s.t (a);"
        "CREATE VIEW s.v AS SELECT a FROM s.t; CREATE SEQUENCE s.q; CREATE TYPE s.e AS ENUM ('a');"
        "CREATE FUNCTION s.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE ALL ON FUNCTION s.f FROM PUBLIC;"
        "CREATE POLICY p ON s.t USING (a > 0); CREATE STATISTICS s.x (mcv) ON a, (a + 1) FROM s.t;"
        "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER r FOREIGN DATA WRAPPER w;"
        "CREATE USER MAPPING FOR nobody SERVER r OPTIONS (password 'x')");
    const auto as_superuser = read_all();
    run("SET ROLE nobody");
    EXPECT_EQ(model::text(model::difference(as_superuser, read_all())), "");
}

TEST_F(SnapshotTest, own_schema_and_version_tables_are_left_out) {
    run("CREATE SCHEMA s; CREATE TABLE s.t (a int)");
    const auto before = read_all();
    run("CREATE TABLE s.alembic_version (version_num varchar(32) PRIMARY KEY); CREATE SCHEMA haetae;"
        "CREATE TABLE haetae.ledger (a int);"
        "CREATE FUNCTION haetae.guard() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
        "CREATE EVENT TRIGGER guard ON ddl_command_end EXECUTE FUNCTION haetae.guard()");
    EXPECT_NE(before, read_all());
    const model::SchemaName own[] = {model::SchemaName("haetae")};
    const model::QualifiedName tables[] = {{"s", "alembic_version"}};
    EXPECT_EQ(model::text(model::difference(before, read_all({.without_schemas = own, .without_tables = tables}))), "");
    EXPECT_TRUE(read_all({.schemas = own, .without_schemas = own}).tables.empty());
}

TEST_F(SnapshotTest, only_the_chosen_schemas_are_read) {
    run("CREATE SCHEMA a; CREATE SCHEMA b; CREATE TABLE a.t (x int); CREATE TABLE b.t (x int)");
    const model::SchemaName chosen[] = {model::SchemaName("b"), model::SchemaName("missing")};
    const auto database = read_all({.schemas = chosen});
    ASSERT_EQ(database.schemas.size(), 1U);
    ASSERT_EQ(database.tables.size(), 1U);
    EXPECT_EQ(database.tables[0].name.schema, "b");
    EXPECT_TRUE(database.extensions.empty());
}

TEST_F(SnapshotTest, an_extension_keeps_its_own_and_is_needed_by_those_who_use_it) {
    run("CREATE SCHEMA s; CREATE EXTENSION citext SCHEMA s; CREATE TABLE s.t (a s.citext)");
    const model::SchemaName chosen[] = {model::SchemaName("s")};
    const auto database = read_all({.schemas = chosen});
    EXPECT_TRUE(database.functions.empty());
    EXPECT_TRUE(database.unmodelled.empty());
    ASSERT_EQ(database.extensions.size(), 1U);
    EXPECT_TRUE(
        needs(database, {model::ObjectKind::column, "s", "t", "a"}, {model::ObjectKind::extension, "", "citext"}));
}

TEST_F(SnapshotTest, dependencies_are_known_by_name) {
    using enum model::ObjectKind;
    run("CREATE SCHEMA s; CREATE TYPE s.e AS ENUM ('a'); CREATE SEQUENCE s.q;"
        "CREATE FUNCTION s.f(int) RETURNS bool LANGUAGE sql IMMUTABLE RETURN true;"
        "CREATE FUNCTION s.g(int) RETURNS bool LANGUAGE sql IMMUTABLE RETURN s.f($1);"
        "CREATE DOMAIN s.d AS int CHECK (s.f(value));"
        "CREATE TABLE s.t (a int PRIMARY KEY DEFAULT nextval('s.q'), e s.e[], d s.d, CONSTRAINT k CHECK (s.f(a)));"
        "CREATE INDEX i ON s.t ((s.g(a))); CREATE POLICY p ON s.t USING (s.f(a));"
        "CREATE TABLE s.u (t int CONSTRAINT r REFERENCES s.t); CREATE VIEW s.v AS SELECT s.f(a) AS x FROM s.t;"
        "CREATE VIEW s.w AS SELECT x FROM s.v; CREATE TABLE s.c () INHERITS (s.t);"
        "CREATE FUNCTION s.h(s.v) RETURNS int LANGUAGE sql AS 'SELECT 1';"
        "ALTER SEQUENCE s.q OWNED BY s.t.a");
    const auto database = read_all();
    EXPECT_TRUE(needs(database, {default_value, "s", "t", "a"}, {sequence, "s", "q"}));
    EXPECT_TRUE(needs(database, {column, "s", "t", "e"}, {type, "s", "e"}));
    EXPECT_TRUE(needs(database, {column, "s", "t", "d"}, {type, "s", "d"}));
    EXPECT_TRUE(needs(database, {constraint, "s", "t", "k"}, {function, "s", "f", "integer"}));
    EXPECT_TRUE(needs(database, {constraint, "s", "t", "k"}, {column, "s", "t", "a"}));
    EXPECT_TRUE(needs(database, {constraint, "s", "d", "d_check"}, {function, "s", "f", "integer"}));
    EXPECT_TRUE(needs(database, {index, "s", "i"}, {function, "s", "g", "integer"}));
    EXPECT_TRUE(needs(database, {policy, "s", "t", "p"}, {function, "s", "f", "integer"}));
    EXPECT_TRUE(needs(database, {constraint, "s", "u", "r"}, {constraint, "s", "t", "t_pkey"}));
    EXPECT_TRUE(needs(database, {constraint, "s", "u", "r"}, {column, "s", "t", "a"}));
    EXPECT_TRUE(needs(database, {view, "s", "v"}, {function, "s", "f", "integer"}));
    EXPECT_TRUE(needs(database, {view, "s", "v"}, {column, "s", "t", "a"}));
    EXPECT_TRUE(needs(database, {view, "s", "w"}, {view, "s", "v"}));
    EXPECT_TRUE(needs(database, {table, "s", "c"}, {table, "s", "t"}));
    EXPECT_TRUE(needs(database, {function, "s", "g", "integer"}, {function, "s", "f", "integer"}));
    EXPECT_TRUE(needs(database, {function, "s", "h", "s.v"}, {view, "s", "v"}));
    EXPECT_FALSE(needs(database, {sequence, "s", "q"}, {column, "s", "t", "a"}));
}

TEST_F(SnapshotTest, an_invalid_index_left_on_a_partitioned_table_is_seen) {
    run("CREATE SCHEMA s; CREATE TABLE s.t (a int) PARTITION BY LIST (a); CREATE TABLE s.u PARTITION OF s.t DEFAULT;"
        "CREATE INDEX i ON ONLY s.t (a)");
    const auto database = read_all();
    ASSERT_EQ(database.tables.at(0).indexes.size(), 1U);
    EXPECT_FALSE(database.tables[0].indexes[0].valid);
    EXPECT_TRUE(database.tables.at(1).indexes.empty());
}

TEST_F(SnapshotTest, a_foreign_key_to_a_partitioned_table_is_one_constraint) {
    run("CREATE SCHEMA s; CREATE TABLE s.p (a int PRIMARY KEY) PARTITION BY LIST (a);"
        "CREATE TABLE s.p1 PARTITION OF s.p FOR VALUES IN (1); CREATE TABLE s.p2 PARTITION OF s.p DEFAULT;"
        "CREATE TABLE s.t (a int REFERENCES s.p)");
    const auto database = read_all();
    EXPECT_EQ(database.tables.back().name.name, "t");
    EXPECT_EQ(database.tables.back().constraints.size(), 1U);
    EXPECT_TRUE(database.tables.back().triggers.empty());
}

TEST_F(SnapshotTest, the_session_is_afterwards_as_it_was_before) {
    run("SET search_path TO here; SET lock_timeout TO '7s'; SET quote_all_identifiers TO on");
    read_all();
    EXPECT_EQ(kit::first_cell(*session, "SHOW search_path"), "here");
    EXPECT_EQ(kit::first_cell(*session, "SHOW lock_timeout"), "7s");
    EXPECT_FALSE(session->in_transaction());
}

TEST_F(SnapshotTest, texts_do_not_hang_on_the_settings_of_the_session) {
    run("CREATE SCHEMA s; CREATE TABLE s.t (a timestamptz DEFAULT '2026-01-31 12:00+00', b interval DEFAULT '1 day 2h',"
        " c float8 DEFAULT 0.1, d bytea DEFAULT 'x', e date DEFAULT '2026-01-31')");
    const auto before = read_all();
    run("SET TimeZone TO 'Asia/Seoul'; SET DateStyle TO 'SQL, DMY'; SET IntervalStyle TO iso_8601;"
        "SET extra_float_digits TO -10; SET bytea_output TO escape; SET quote_all_identifiers TO on;"
        "SET search_path TO s");
    EXPECT_EQ(model::text(model::difference(before, read_all())), "");
}

TEST_F(SnapshotTest, a_lock_that_is_not_given_up_ends_the_wait) {
    run("CREATE SCHEMA s; CREATE VIEW s.v AS SELECT 1 AS x");
    auto other = connection();
    ASSERT_TRUE(other.simple("BEGIN; CREATE OR REPLACE VIEW s.v AS SELECT 2 AS x"));
    const auto refused = read(*session, {.lock_timeout = std::chrono::milliseconds(50)});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "HT0662");
    EXPECT_FALSE(session->in_transaction());
    ASSERT_TRUE(other.simple("COMMIT"));
    EXPECT_EQ(read_all().views.at(0).definition, "SELECT 2 AS x");
}

// The constraint is printed as of now and the column read as of the snapshot: together they must be of one moment.
TEST_F(SnapshotTest, a_change_meanwhile_is_never_mixed_in) {
    run("CREATE SCHEMA s; CREATE TABLE s.t (a int CHECK (a > 0)); CREATE VIEW s.v AS SELECT 1 AS x");
    std::atomic<bool> stop = false;
    std::atomic<int> changes = 0;
    std::thread writer([&] {
        auto other = connection();
        while (!stop) {
            const auto done = other.simple(
                "ALTER TABLE s.t RENAME a TO b; DROP VIEW s.v; ALTER TABLE s.t RENAME b TO a;"
                "CREATE VIEW s.v AS SELECT 1 AS x");
            EXPECT_TRUE(done) << done.error().sentence << done.error().detail;
            const auto apart = other.simple("ALTER TABLE s.t RENAME a TO b");
            EXPECT_TRUE(apart);
            EXPECT_TRUE(other.simple("ALTER TABLE s.t RENAME b TO a"));
            ++changes;
        }
    });
    while (changes == 0) std::this_thread::yield();
    for (int i = 0; i < 25; ++i) {
        const auto database = read(*session, {});
        if (!database) {
            EXPECT_EQ(database.error().code, "HT0660") << database.error().sentence;
            continue;
        }
        const auto& table = database->tables.at(0);
        EXPECT_EQ(table.constraints.at(0).definition, "CHECK ((" + table.columns.at(0).name + " > 0))");
        EXPECT_EQ(database->views.size(), 1U);
    }
    stop = true;
    writer.join();
    EXPECT_TRUE(read(*session, {}));
}

// A default is printed with the label of now, while the labels come from the snapshot.
TEST_F(SnapshotTest, a_label_that_is_renamed_meanwhile_is_never_mixed_in) {
    run("CREATE SCHEMA s; CREATE TYPE s.e AS ENUM ('a'); CREATE TABLE s.t (c s.e DEFAULT 'a')");
    std::atomic<bool> stop = false;
    std::thread writer([&] {
        auto other = connection();
        while (!stop) {
            EXPECT_TRUE(other.simple("ALTER TYPE s.e RENAME VALUE 'a' TO 'b'"));
            EXPECT_TRUE(other.simple("ALTER TYPE s.e RENAME VALUE 'b' TO 'a'"));
        }
    });
    for (int i = 0; i < 25; ++i) {
        const auto database = read(*session, {});
        if (!database) {
            EXPECT_EQ(database.error().code, "HT0660") << database.error().sentence;
            continue;
        }
        EXPECT_EQ(database->tables.at(0).columns.at(0).default_expression,
                  "'" + database->enums.at(0).labels.at(0) + "'::s.e");
    }
    stop = true;
    writer.join();
    EXPECT_TRUE(read(*session, {}));
}

}  // namespace
}  // namespace haetae::catalog
