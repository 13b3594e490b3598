// SPDX-License-Identifier: Apache-2.0
// What the guard refuses, what it lets through, and that it locks nobody out of their own database.
#include "protect/guard.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "kit/sandbox_fixture.hpp"
#include "ledger/migrator_lock.hpp"
#include "os/process.hpp"
#include "os/temp_dir.hpp"
#include "sandbox/programs.hpp"

namespace haetae::protect {
namespace {

class GuardTest : public kit::SandboxTest {
 protected:
    void SetUp() override {
        SandboxTest::SetUp();
        settings.domains.push_back(
            {.name = graph::DomainName("app"), .folder = "migrations/app", .schema = "app", .version_schema = "app"});
        auto admin = connection();
        must(admin, R"(
CREATE SCHEMA app; CREATE SCHEMA haetae; CREATE SCHEMA other;
CREATE TABLE app.t (id int PRIMARY KEY, a int, b text); CREATE INDEX t_a ON app.t (a);
CREATE TABLE app.movable (a int); CREATE TABLE other.o (id int PRIMARY KEY, a int);
CREATE VIEW app.v AS SELECT 1 AS x; CREATE RULE r AS ON DELETE TO app.v DO INSTEAD NOTHING;
CREATE MATERIALIZED VIEW app.mv AS SELECT 1 AS x; CREATE UNIQUE INDEX ON app.mv (x);
CREATE FUNCTION app.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tr BEFORE INSERT ON app.t FOR EACH ROW EXECUTE FUNCTION app.f();
CREATE POLICY p ON app.t USING (true); CREATE TYPE app.e AS ENUM ('x'); CREATE SEQUENCE app.s;
CREATE TABLE app.parent (a int) PARTITION BY RANGE (a);
CREATE TABLE app.part PARTITION OF app.parent FOR VALUES FROM (1) TO (2);
CREATE TABLE haetae.ledger (a int))");
        must(admin, guard_sql(settings));
    }

    static void must(connect::Connection& connection, std::string_view sql) {
        const auto done = connection.run_script(sql);
        ASSERT_FALSE(done.error) << sql << ": " << done.error->message;
    }
    /// The SQLSTATE of the last message, from a session of its own; "" where all went well.
    std::string outcome_of(const std::string& sql, const pg::ConnectionUrl& as) const {
        auto session = kit::connect_to(as);
        const auto outcome = session.run_script(sql);
        return outcome.error ? outcome.error->sqlstate : "";
    }
    std::string outcome_of(const std::string& sql) const { return outcome_of(sql, url()); }
    std::string cell(const std::string& sql) const {
        auto session = connection();
        return kit::first_cell(session, sql);
    }
    GuardState state() const {
        auto session = connection();
        auto read = read_guard(session, settings);
        EXPECT_TRUE(read);
        return *std::move(read);
    }
    /// One of PostgreSQL's client programs with PGOPTIONS; its exit code.
    int client(const std::string& name, std::vector<std::string> arguments, const std::string& options = "") const {
        const auto programs = sandbox::find_programs();
        EXPECT_TRUE(programs);
        const auto finished = os::run({.program = programs->folder + "/" + name,
                                       .arguments = std::move(arguments),
                                       .environment = {{"PGOPTIONS", options}}},
                                      std::chrono::minutes(1));
        EXPECT_TRUE(finished);
        if (finished->exit_code != 0) last_output_ = finished->output;
        return finished->exit_code;
    }

    settings::Settings settings;
    mutable std::string last_output_{};
};

TEST_F(GuardTest, schema_changes_by_hand_are_refused_whatever_their_kind) {
    for (const auto* sql : {
             "CREATE TABLE app.n (a int)",
             "CREATE TABLE app.n AS SELECT 1 AS a",
             "SELECT 1 AS a INTO app.n",
             "SET search_path = app; CREATE TABLE n (a int)",
             "DO $$ BEGIN EXECUTE 'CREATE TABLE ' || 'ap' || 'p.n (a int)'; END $$",
             "CREATE VIEW app.w AS SELECT 2 AS x",
             "CREATE OR REPLACE VIEW app.v AS SELECT 1 AS x",
             "CREATE INDEX ON app.t (b)",
             "CREATE FUNCTION app.g() RETURNS int LANGUAGE sql AS 'SELECT 1'",
             "CREATE STATISTICS app.st ON a, b FROM app.t",
             "CREATE TRIGGER t2 BEFORE INSERT ON app.t FOR EACH ROW EXECUTE FUNCTION app.f()",
             "CREATE POLICY p2 ON app.t USING (true)",
             "CREATE RULE r2 AS ON UPDATE TO app.v DO INSTEAD NOTHING",
             "ALTER TABLE app.t ADD c int",
             "ALTER TABLE app.t ALTER a SET DEFAULT 1",
             "ALTER TABLE app.t ADD CONSTRAINT positive CHECK (a > 0)",
             "ALTER TABLE app.t ALTER a TYPE bigint",
             "ALTER TABLE app.t DROP COLUMN b",
             "ALTER TABLE app.t RENAME TO tt",
             "ALTER TABLE app.t DISABLE TRIGGER tr",
             "ALTER TABLE app.t OWNER TO CURRENT_USER",
             "ALTER TABLE app.parent DETACH PARTITION app.part",
             "ALTER TRIGGER tr ON app.t RENAME TO tr2",
             "ALTER TYPE app.e ADD VALUE 'y'",
             "ALTER SEQUENCE app.s RESTART",
             "ALTER FUNCTION app.f() RENAME TO g",
             "ALTER SCHEMA app OWNER TO CURRENT_USER",
             "COMMENT ON TABLE app.t IS 'x'",
             "COMMENT ON TRIGGER tr ON app.t IS 'x'",
             "DROP TABLE app.t",
             "DROP INDEX app.t_a",
             "DROP TRIGGER tr ON app.t",
             "DROP POLICY p ON app.t",
             "DROP RULE r ON app.v",
             "DROP SCHEMA app CASCADE",
             "DROP TABLE haetae.ledger",
             "SET session_replication_role = replica; DROP TABLE app.t",
         }) {
        EXPECT_EQ(outcome_of(sql), "HT005") << sql;
    }
    EXPECT_EQ(cell("SELECT count(*) FROM pg_class WHERE relname IN ('n', 'w') AND relnamespace = 'app'::regnamespace"),
              "0");
}

TEST_F(GuardTest, what_leaves_a_guarded_schema_is_seen_as_what_comes_in) {
    EXPECT_EQ(outcome_of("ALTER TABLE app.movable SET SCHEMA other"), "HT005");
    EXPECT_EQ(outcome_of("SET search_path = app; ALTER TABLE movable SET SCHEMA other"), "HT005");
    EXPECT_EQ(outcome_of("DO $$ BEGIN EXECUTE 'ALTER TABLE app.movable SET SCHEMA other'; END $$"), "HT005");
    EXPECT_EQ(outcome_of("ALTER TABLE other.o SET SCHEMA app"), "HT005");
    EXPECT_EQ(outcome_of("ALTER SCHEMA app RENAME TO app2"), "HT005");
    EXPECT_EQ(outcome_of("ALTER SCHEMA other RENAME TO other2"), "");
    EXPECT_EQ(cell("SELECT to_regclass('app.movable') IS NOT NULL"), "t");
}

TEST_F(GuardTest, concurrently_is_refused_before_it_can_leave_anything_invalid) {
    for (const auto* sql :
         {"CREATE INDEX CONCURRENTLY i ON app.t (b)", "CREATE INDEX CONCURRENTLY i ON other.o (a)",
          "DROP INDEX CONCURRENTLY app.t_a", "ALTER TABLE app.parent DETACH PARTITION app.part CONCURRENTLY"}) {
        EXPECT_EQ(outcome_of(sql), "HT005") << sql;
    }
    EXPECT_EQ(cell("SELECT count(*) FROM pg_index WHERE NOT indisvalid"), "0");
    EXPECT_EQ(cell("SELECT count(*) FROM pg_class WHERE relname IN ('i', 't_a')"), "1");
}

TEST_F(GuardTest, everything_else_goes_on_as_before) {
    for (const auto* sql : {
             "CREATE TABLE other.n (a int); ALTER TABLE other.n ADD b int; ALTER TABLE other.n ALTER b TYPE bigint; "
             "CREATE INDEX ON other.n (a); DROP TABLE other.n",
             "CREATE TEMP TABLE n (a int); CREATE INDEX ON n (a); ALTER TABLE n ALTER a TYPE bigint; "
             "CREATE FUNCTION pg_temp.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; "
             "CREATE TRIGGER x BEFORE INSERT ON n FOR EACH ROW EXECUTE FUNCTION pg_temp.f(); DROP TRIGGER x ON n; "
             "DROP TABLE n",
             "REFRESH MATERIALIZED VIEW app.mv",
             "REFRESH MATERIALIZED VIEW CONCURRENTLY app.mv",
             "INSERT INTO app.t VALUES (1, 1, 'x'); UPDATE app.t SET a = 2; DELETE FROM app.t",
             "VACUUM app.t",
             "CREATE ROLE guard_passes; DROP ROLE guard_passes",
             // What it cannot see, or could not place:
             "TRUNCATE app.t",
             "GRANT SELECT ON app.t TO PUBLIC",
             "ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO PUBLIC",
         }) {
        EXPECT_EQ(outcome_of(sql), "") << sql;
    }
}

TEST_F(GuardTest, a_role_without_rights_on_the_guard_is_refused_as_well) {
    auto admin = connection();
    must(admin, "CREATE ROLE guard_owner LOGIN; GRANT USAGE, CREATE ON SCHEMA app, other TO guard_owner");
    const auto as_owner = url().with("user", "guard_owner");
    EXPECT_EQ(outcome_of("CREATE TABLE app.n (a int)", as_owner), "HT005");
    EXPECT_EQ(outcome_of("CREATE TABLE other.n (a int)", as_owner), "");
}

TEST_F(GuardTest, a_session_that_runs_a_migration_passes_and_no_other) {
    auto held =
        ledger::MigratorLock::acquire(connection(), [this] { return connect::Connection::open(url(), {}); }, {});
    ASSERT_TRUE(held);
    must(held->work, "CREATE TABLE app.n (a int); ALTER TABLE app.n ADD b int; DROP TABLE app.n");
    must(held->work, "BEGIN; RESET ALL; DISCARD TEMP; CREATE TABLE app.n (a int); COMMIT");
    must(held->work, "CREATE INDEX CONCURRENTLY i ON app.t (b)");
    EXPECT_EQ(outcome_of("CREATE TABLE app.m (a int)"), "HT005") << "the lock is another session's";
    ASSERT_TRUE(held->lock.release(held->work));
    EXPECT_EQ(held->work.run_script("CREATE TABLE app.m (a int)").error->sqlstate, "HT005");
}

TEST_F(GuardTest, who_names_the_database_passes) {
    const auto name = url().value("dbname");
    EXPECT_EQ(outcome_of("SET haetae.ticket = 'yes'; CREATE TABLE app.n (a int)"), "HT005");
    EXPECT_EQ(outcome_of("SET haetae.ticket = '" + name + "'; CREATE TABLE app.n (a int); DROP TABLE app.t"), "");
    EXPECT_EQ(outcome_of("BEGIN; SET LOCAL haetae.ticket = '" + name +
                         "'; CREATE TABLE app.m (a int); COMMIT; "
                         "DROP TABLE app.m"),
              "HT005");
    auto session = connection();
    const auto outcome = session.run_script("CREATE TABLE app.k (a int)");
    ASSERT_TRUE(outcome.error);
    EXPECT_NE(outcome.error->hint.find("SET haetae.ticket = '" + name + "'"), std::string::npos) << outcome.error->hint;
}

TEST_F(GuardTest, extensions_are_created_and_upgraded_without_a_ticket_and_dropped_with_one) {
    EXPECT_EQ(outcome_of("CREATE EXTENSION hstore SCHEMA app VERSION '1.4'"), "");
    EXPECT_EQ(outcome_of("ALTER EXTENSION hstore UPDATE"), "");
    EXPECT_EQ(outcome_of("ALTER EXTENSION hstore UPDATE; DROP TABLE app.t"), "HT005");
    EXPECT_EQ(outcome_of("DROP EXTENSION hstore CASCADE"), "HT005");
}

TEST_F(GuardTest, a_dump_is_restored_elsewhere_as_it_is_and_over_the_guard_with_a_ticket) {
    const auto folder = os::TempDir::make();
    ASSERT_TRUE(folder);
    const auto file = folder->path() + "/dump";
    const auto name = url().value("dbname");
    const std::vector<std::string> place{"-h", url().value("host"), "-U", url().value("user")};
    const auto with = [&place](std::vector<std::string> more) {
        more.insert(more.begin(), place.begin(), place.end());
        return more;
    };
    ASSERT_EQ(client("pg_dump", with({"-Fc", "-f", file, name})), 0) << last_output_;
    const auto copy = kit::new_database();
    ASSERT_EQ(client("pg_restore", with({"-e", "-d", copy.value("dbname"), file})), 0) << last_output_;
    EXPECT_EQ(outcome_of("DROP TABLE app.t", copy), "HT005") << "the copy is guarded, too";

    // The whole dump takes the guard away first and makes it again last; a schema of it does not.
    EXPECT_EQ(client("pg_restore", with({"-e", "-c", "-d", name, file})), 0) << last_output_;
    EXPECT_NE(client("pg_restore", with({"-e", "-c", "-n", "app", "-d", name, file})), 0);
    EXPECT_EQ(cell("SELECT to_regclass('app.t') IS NOT NULL"), "t");
    EXPECT_EQ(client("pg_restore", with({"-e", "-c", "-n", "app", "-d", name, file}), "-c haetae.ticket=" + name), 0)
        << last_output_;
    EXPECT_EQ(cell("SELECT to_regclass('app.t') IS NOT NULL"), "t");
    EXPECT_TRUE(state().problems.empty());
}

TEST_F(GuardTest, the_owner_is_never_locked_out) {
    const auto every_trigger = [](const std::string& what) {
        std::string sql;
        for (const auto* name : {"start", "end", "drop", "rewrite"}) {
            sql += fmt::format("ALTER EVENT TRIGGER haetae_guard_{} {};", name, what);
        }
        return sql;
    };
    auto admin = connection();
    must(admin, every_trigger("DISABLE") +
                    "CREATE OR REPLACE FUNCTION haetae_guard.judge() RETURNS event_trigger LANGUAGE plpgsql AS "
                    "$$ BEGIN RAISE EXCEPTION 'broken'; END $$;" +
                    every_trigger("ENABLE ALWAYS"));
    EXPECT_EQ(outcome_of("CREATE TABLE other.n (a int)"), "P0001");
    EXPECT_EQ(outcome_of(every_trigger("DISABLE") + "CREATE TABLE other.n (a int)"), "");
    EXPECT_EQ(state().problems.size(), 4U);
    must(admin, "BEGIN; " + remove_guard_sql(settings) + "COMMIT");
    EXPECT_EQ(outcome_of("CREATE TABLE app.n (a int)"), "");
    EXPECT_FALSE(state().is_installed);
    EXPECT_EQ(cell("SELECT to_regnamespace('haetae_guard') IS NULL"), "t");
    must(admin, guard_sql(settings));
    EXPECT_TRUE(state().problems.empty());
    must(admin, guard_sql(settings));
    EXPECT_TRUE(state().problems.empty()) << "made again over itself";
}

TEST_F(GuardTest, check_tells_what_is_missing_disabled_stale_or_made_blind) {
    EXPECT_TRUE(state().is_installed);
    EXPECT_TRUE(state().problems.empty());
    auto admin = connection();
    const auto problems = [this] {
        std::string all;
        for (const auto& problem : state().problems) all += problem + "\n";
        return all;
    };
    must(admin, "ALTER EVENT TRIGGER haetae_guard_start DISABLE");
    EXPECT_EQ(problems(), "the event trigger haetae_guard_start is disabled\n");
    must(admin, "ALTER EVENT TRIGGER haetae_guard_start ENABLE");
    EXPECT_NE(problems().find("does not fire in every session"), std::string::npos) << problems();
    must(admin, "DROP EVENT TRIGGER haetae_guard_drop");
    EXPECT_NE(problems().find("haetae_guard_drop is missing"), std::string::npos) << problems();
    must(admin, guard_sql(settings));
    must(admin, fmt::format("ALTER DATABASE {0} SET haetae.ticket = '{0}'", url().value("dbname")));
    EXPECT_NE(problems().find("haetae.ticket is set for every role"), std::string::npos) << problems();
    must(admin, fmt::format("ALTER DATABASE {} RESET haetae.ticket", url().value("dbname")));
    EXPECT_EQ(problems(), "");
    settings.domains.push_back(
        {.name = graph::DomainName("late"), .folder = "migrations/late", .schema = "late", .version_schema = "late"});
    EXPECT_EQ(state().problems.size(), 4U) << "a domain that was added since";
}

TEST_F(GuardTest, schemas_with_any_name_are_guarded) {
    settings.domains.front().schema = R"(it's "odd", $guard$)";
    auto admin = connection();
    must(admin, guard_sql(settings));
    must(admin, R"(BEGIN; SELECT set_config('haetae.ticket', current_database(), true);
CREATE SCHEMA "it's ""odd"", $guard$"; CREATE TABLE "it's ""odd"", $guard$".t (a int); COMMIT)");
    EXPECT_EQ(outcome_of(R"(ALTER TABLE "it's ""odd"", $guard$".t ADD b int)"), "HT005");
    EXPECT_TRUE(state().problems.empty());
}

}  // namespace
}  // namespace haetae::protect
