// SPDX-License-Identifier: Apache-2.0
// Every hole that the proof knows is made, found, mended with the statement that was printed, and looked for again.
#include "protect/role_proof.hpp"
#include "protect/guard.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "kit/sandbox_fixture.hpp"
#include "ledger/own_schema.hpp"
#include "pg/identifier.hpp"
#include "roles/role_sql.hpp"

namespace haetae::protect {
namespace {

using kit::first_cell;

settings::Domain domain_of(const std::string& name) {
    return {.name = graph::DomainName(name), .folder = "migrations/" + name, .schema = name, .version_schema = name};
}

constexpr std::string_view tables = R"(
CREATE TABLE users.alembic_version (version_num varchar(32) PRIMARY KEY);
CREATE TABLE game.alembic_version (version_num varchar(32) PRIMARY KEY);
CREATE TABLE users."Odd Name" (id serial PRIMARY KEY, "a b" int);
CREATE TABLE game.heroes (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner int REFERENCES users."Odd Name",
                          twice int GENERATED ALWAYS AS (1 + 1) STORED);
CREATE TABLE game.nothing ();
CREATE TABLE game.parted (a int) PARTITION BY LIST (a);
CREATE TABLE game.part PARTITION OF game.parted DEFAULT;
CREATE VIEW game.seen AS SELECT 1 AS a;
CREATE FUNCTION game.one(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TYPE game.mood AS ENUM ('good');
)";

/// Two domains, their roles as `roles apply` leaves them, and tables that the migration role has made. Names of roles
/// need quotes, and belong to this test alone: roles are of the whole server.
class RoleProof : public kit::SandboxTest {
 protected:
    void SetUp() override {
        SandboxTest::SetUp();
        const auto database = url().value("dbname");
        roles.migration = "Migration \"user\" " + database;
        roles.app = "app-$haetae$ '" + database;
        group = "group_" + database;
        roles.domains = {domain_of("users"), domain_of("game")};
        apply();
        run(fmt::format("SET ROLE {}; {}", pg::quote(roles.migration), tables));
        run("CREATE SCHEMA outside; CREATE TABLE outside.own (a int PRIMARY KEY)");
        run("CREATE ROLE " + pg::quote(group));
        apply();  // version tables were made by hand, not by upgrade
    }

    void TearDown() override {
        // One by one: PostgreSQL stumbles over default privileges that two dropped roles share.
        for (const auto& role : {group, roles.app, roles.migration}) {
            run(fmt::format("DROP OWNED BY {0} CASCADE; DROP ROLE {0}", pg::quote(role)));
        }
    }

    /// In a session of its own, so that no SET outlives it.
    void run(const std::string& sql) const {
        auto session = connection();
        const auto outcome = session.run_script(sql);
        ASSERT_FALSE(outcome.error.has_value()) << outcome.error->message << "\n" << sql;
    }

    void apply() const {
        auto session = connection();
        auto sql = "BEGIN;\n" + roles::foundation_sql(roles, {}, std::chrono::seconds(3));
        ASSERT_FALSE(session.run_script(sql).error.has_value())
            << session.run_script("ROLLBACK; " + sql).error->message;
        const auto own = ledger::own_schema_script(session, "haetae");
        ASSERT_TRUE(own.ok());
        sql = *own + roles::domain_rights_sql(roles, roles.domains) + roles::ledger_rights_sql(roles) + "COMMIT";
        const auto outcome = session.run_script(sql);
        ASSERT_FALSE(outcome.error.has_value()) << outcome.error->message;
    }

    [[nodiscard]] std::vector<roles::Check> failing() const {
        auto session = connection();
        auto proof = read_role_proof(session, roles);
        EXPECT_TRUE(proof.ok()) << proof.error().sentence;
        return only_failing(proof->checks);
    }

    static std::vector<roles::Check> only_failing(std::vector<roles::Check> checks) {
        std::erase_if(checks, [](const roles::Check& check) { return check.verdict == roles::Check::Verdict::holds; });
        return checks;
    }

    [[nodiscard]] std::vector<roles::Check> attempt(const pg::ConnectionUrl& as) const {
        auto looking = connection();
        auto session = kit::connect_to(as);
        const auto place = read_whereabouts(looking);
        EXPECT_TRUE(place.ok());
        auto checks = attempt_as_app(session, roles, *place);
        EXPECT_TRUE(checks.ok()) << checks.error().sentence;
        return only_failing(*checks);
    }

    [[nodiscard]] pg::ConnectionUrl app_url() const { return url().with("user", roles.app); }

    [[nodiscard]] std::string filled(std::string_view sql) const {
        return fmt::format(fmt::runtime(sql), fmt::arg("app", pg::quote(roles.app)),
                           fmt::arg("mig", pg::quote(roles.migration)), fmt::arg("group", pg::quote(group)),
                           fmt::arg("db", pg::quote(url().value("dbname"))));
    }

    roles::Roles roles;
    std::string group;
};

std::string words_of(const std::vector<roles::Check>& checks) {
    std::string text;
    for (const auto& check : checks) {
        text += check.key + "\n";
        for (const auto& failure : check.failures) text += fmt::format("  {}\n  {}\n", failure.object, failure.mend);
    }
    return text;
}

struct Hole {
    std::string_view check;
    std::string_view plant;
    std::string_view clear = "SELECT 1";  ///< what is left when the hole is mended
};

constexpr Hole holes[] = {
    {"app-exists", "ALTER ROLE {app} NOLOGIN"},
    {"app-attributes", "ALTER ROLE {app} SUPERUSER"},
    {"app-attributes", "ALTER ROLE {app} CREATEROLE CREATEDB"},
    {"app-attributes", "ALTER ROLE {app} REPLICATION"},
    {"app-attributes", "ALTER ROLE {app} BYPASSRLS"},
    {"app-memberships", "GRANT {mig} TO {app}"},
    {"app-memberships", "ALTER ROLE {app} NOINHERIT; GRANT {mig} TO {group}; GRANT {group} TO {app}",
     "ALTER ROLE {app} INHERIT; REVOKE {group} FROM {app}"},
    {"app-memberships", "ALTER ROLE {group} CREATEROLE; GRANT {group} TO {app} WITH ADMIN OPTION",
     "ALTER ROLE {group} NOCREATEROLE"},
    {"app-memberships", "GRANT pg_execute_server_program TO {app}"},
    {"app-memberships", "GRANT pg_write_server_files, pg_read_server_files TO {app}"},
    {"app-memberships", "GRANT pg_write_all_data, pg_signal_backend TO {app}"},
    {"app-ownership", "ALTER DATABASE {db} OWNER TO {app}", "ALTER DATABASE {db} OWNER TO postgres"},
    {"app-ownership", "CREATE SCHEMA hers AUTHORIZATION {app}", "DROP SCHEMA hers"},
    {"app-ownership", "ALTER TABLE game.heroes OWNER TO {app}"},
    {"app-ownership", "ALTER TABLE users.\"Odd Name\" OWNER TO {app}; ALTER SCHEMA users OWNER TO {app}"},
    {"app-ownership", "ALTER FUNCTION game.one(int) OWNER TO {app}"},
    {"app-ownership", "ALTER TYPE game.mood OWNER TO {app}"},
    {"app-ownership",
     "CREATE TABLE outside.hers (a serial); ALTER TABLE outside.hers OWNER TO {group}; GRANT {group} TO {app}",
     "REVOKE {group} FROM {app}; DROP TABLE outside.hers"},
    {"app-database", "GRANT CREATE ON DATABASE {db} TO {app}"},
    {"app-database", "GRANT TEMPORARY ON DATABASE {db} TO PUBLIC"},
    {"app-database", "GRANT TEMPORARY ON DATABASE {db} TO {group}; GRANT {group} TO {app}",
     "REVOKE {group} FROM {app}"},
    {"app-schemas", "GRANT CREATE ON SCHEMA public TO PUBLIC"},
    {"app-schemas", "GRANT CREATE ON SCHEMA game TO {app}"},
    {"app-schemas", "GRANT CREATE ON SCHEMA outside TO PUBLIC"},
    {"app-tables", "GRANT ALL ON game.heroes TO {app}"},
    {"app-tables", "GRANT TRIGGER ON outside.own TO PUBLIC"},
    {"app-tables", "GRANT TRUNCATE ON users.\"Odd Name\" TO {app}"},
    {"app-tables", "GRANT REFERENCES (\"a b\") ON users.\"Odd Name\" TO {app}"},
    {"app-tables",
     "GRANT USAGE ON SCHEMA outside TO {group}; GRANT TRUNCATE ON outside.own TO {group} WITH GRANT OPTION; "
     "SET ROLE {group}; GRANT TRUNCATE ON outside.own TO {app}",
     "REVOKE ALL ON outside.own FROM {group} CASCADE"},
    {"app-functions", "CREATE FUNCTION outside.lends() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
     "DROP FUNCTION outside.lends()"},
    {"app-functions",
     "SET ROLE {mig}; CREATE FUNCTION game.lends(text) RETURNS int LANGUAGE sql SECURITY DEFINER "
     "SET search_path = '' AS 'SELECT 1'",
     "DROP FUNCTION game.lends(text)"},
    {"app-grant-options", "GRANT SELECT ON game.heroes TO {app} WITH GRANT OPTION"},
    {"app-grant-options", "GRANT USAGE ON SCHEMA game TO {app} WITH GRANT OPTION"},
    {"app-grant-options", "GRANT EXECUTE ON FUNCTION game.one(int) TO {app} WITH GRANT OPTION"},
    {"app-settings", "ALTER ROLE {app} SET role = 'postgres'"},
    {"app-settings", "ALTER ROLE {app} IN DATABASE {db} SET session_authorization = 'postgres'"},
    {"app-settings", "ALTER ROLE {app} SET search_path = game, public"},
    {"app-languages", "CREATE TRUSTED LANGUAGE {group} HANDLER plpgsql_call_handler", "DROP LANGUAGE {group}"},
    {"app-usage", "REVOKE USAGE ON SCHEMA game FROM {app}"},
    {"app-data", "REVOKE DELETE ON users.\"Odd Name\" FROM {app}"},
    {"app-data", "REVOKE ALL ON game.parted, game.part, game.seen FROM {app}"},
    {"app-sequences", "REVOKE ALL ON SEQUENCE users.\"Odd Name_id_seq\" FROM {app}"},
    {"app-routines", "REVOKE EXECUTE ON FUNCTION game.one(int) FROM {app}"},
    {"app-books", "GRANT INSERT ON game.alembic_version TO {app}"},
    {"app-books", "GRANT UPDATE (version_num) ON users.alembic_version TO PUBLIC"},
    {"app-books", "GRANT DELETE ON haetae.ledger TO {group}; GRANT {group} TO {app}", "REVOKE {group} FROM {app}"},
    {"app-books", "REVOKE SELECT ON haetae.ledger, users.alembic_version FROM {app}"},
    {"app-books", "GRANT UPDATE ON haetae.environment TO {group}"},
    {"app-defaults",
     "ALTER DEFAULT PRIVILEGES FOR ROLE {mig} IN SCHEMA game REVOKE INSERT, DELETE ON TABLES FROM {app}"},
    {"app-defaults", "ALTER DEFAULT PRIVILEGES FOR ROLE {mig} IN SCHEMA users REVOKE ALL ON SEQUENCES FROM {app}"},
    {"app-defaults", "ALTER DEFAULT PRIVILEGES FOR ROLE {mig} IN SCHEMA users REVOKE ALL ON FUNCTIONS FROM {app}"},
    {"app-defaults", "ALTER DEFAULT PRIVILEGES FOR ROLE {mig} IN SCHEMA haetae REVOKE SELECT ON TABLES FROM {app}"},
    {"app-defaults", "ALTER DEFAULT PRIVILEGES FOR ROLE {mig} IN SCHEMA haetae GRANT UPDATE ON TABLES TO PUBLIC"},
    {"app-defaults", "ALTER DEFAULT PRIVILEGES FOR ROLE {mig} GRANT TRUNCATE, INSERT ON TABLES TO {app}"},
    {"app-defaults", "ALTER DEFAULT PRIVILEGES FOR ROLE {mig} GRANT EXECUTE ON FUNCTIONS TO PUBLIC"},
    {"app-defaults", "ALTER DEFAULT PRIVILEGES FOR ROLE {mig} GRANT CREATE ON SCHEMAS TO {app}"},
    {"migration-exists", "ALTER ROLE {mig} NOLOGIN"},
    {"migration-exists", "ALTER ROLE {mig} SUPERUSER"},
    {"migration-database", "REVOKE CREATE, TEMPORARY ON DATABASE {db} FROM {mig}"},
    {"migration-schemas", "ALTER SCHEMA users OWNER TO postgres"},
    {"migration-objects", "CREATE TABLE game.by_hand (a serial)", "DROP TABLE game.by_hand"},
    {"migration-objects", "CREATE PROCEDURE users.by_hand() LANGUAGE sql AS 'SELECT 1'",
     "DROP PROCEDURE users.by_hand()"},
    {"migration-references", "ALTER TABLE game.parted ADD CONSTRAINT out FOREIGN KEY (a) REFERENCES outside.own",
     "ALTER TABLE game.parted DROP CONSTRAINT out; REVOKE ALL ON outside.own FROM {mig}; "
     "REVOKE ALL ON SCHEMA outside FROM {mig}"},
    {"migration-settings", "ALTER ROLE {mig} SET role = 'postgres'"},
    {"mark-is-readable", "REVOKE USAGE ON SCHEMA haetae FROM PUBLIC; REVOKE SELECT ON haetae.environment FROM PUBLIC"},
    {"others-kept-out", "GRANT SELECT ON game.heroes, haetae.ledger TO PUBLIC"},
    {"others-kept-out", "GRANT USAGE ON SCHEMA users TO PUBLIC"},
};

TEST_F(RoleProof, finds_nothing_in_what_roles_apply_leaves_also_when_it_was_run_again) {
    EXPECT_EQ(words_of(failing()), "");
    apply();
    EXPECT_EQ(words_of(failing()), "");
    EXPECT_EQ(words_of(attempt(app_url())), "");
}

TEST_F(RoleProof, finds_every_hole_and_its_printed_mend_closes_it) {
    for (const auto& hole : holes) {
        SCOPED_TRACE(hole.plant);
        run(filled(hole.plant));
        auto found = failing();
        EXPECT_TRUE(
            std::any_of(found.begin(), found.end(), [&](const roles::Check& check) { return check.key == hole.check; }))
            << "not found; failing: " << words_of(found);
        for (const auto& check : found) {
            for (const auto& failure : check.failures) {
                SCOPED_TRACE(failure.object);
                EXPECT_NE(failure.mend, "");
                run(failure.mend);
            }
        }
        found = failing();
        EXPECT_EQ(words_of(found), "");
        run(filled(hole.clear));
        if (!found.empty()) apply();
        if (testing::Test::HasFailure()) break;
    }
}

TEST_F(RoleProof, a_new_run_closes_what_is_open_in_the_schemas) {
    run(filled(
        "GRANT ALL ON ALL TABLES IN SCHEMA game, users, haetae TO {app}, PUBLIC; GRANT CREATE ON SCHEMA game TO {app}; "
        "ALTER TABLE game.heroes OWNER TO {app}; GRANT {mig} TO {app}; ALTER ROLE {app} CREATEROLE; "
        "ALTER DEFAULT PRIVILEGES FOR ROLE {mig} GRANT ALL ON TABLES TO {app}; CREATE TABLE users.by_hand (a serial)"));
    apply();
    EXPECT_EQ(words_of(failing()), "");
}

TEST_F(RoleProof, any_role_may_ask) {
    auto session = kit::connect_to(app_url());
    const auto proof = read_role_proof(session, roles);
    ASSERT_TRUE(proof.ok()) << proof.error().sentence;
    EXPECT_TRUE(proof->holds());
    run("CREATE ROLE " + pg::quote(group + "_nobody") + " LOGIN");
    auto stranger = kit::connect_to(url().with("user", group + "_nobody"));
    EXPECT_TRUE(read_role_proof(stranger, roles).ok());
    run("DROP ROLE " + pg::quote(group + "_nobody"));
}

TEST_F(RoleProof, a_role_that_does_not_exist_fails_one_check_and_leaves_the_others_untried) {
    auto others = roles;
    others.app = "nobody of that name";
    auto session = connection();
    const auto proof = read_role_proof(session, others);
    ASSERT_TRUE(proof.ok()) << proof.error().sentence;
    EXPECT_FALSE(proof->holds());
    for (const auto& check : proof->checks) {
        if (check.role != others.app) continue;
        EXPECT_EQ(check.verdict,
                  check.key == "app-exists" ? roles::Check::Verdict::fails : roles::Check::Verdict::not_attempted);
    }
}

TEST_F(RoleProof, an_attempt_finds_what_the_application_can_do_and_what_it_cannot) {
    run(
        filled("GRANT CREATE ON SCHEMA game TO {app}; REVOKE DELETE ON game.heroes FROM {app}; "
               "GRANT INSERT ON users.alembic_version TO {app}"));
    const auto found = attempt(app_url());
    std::vector<std::string> keys;
    for (const auto& check : found) {
        keys.push_back(check.key);
        for (const auto& failure : check.failures) run(failure.mend);
    }
    EXPECT_EQ(keys, (std::vector<std::string>{"attempt-create", "attempt-data", "attempt-books"})) << words_of(found);
    EXPECT_EQ(words_of(attempt(app_url())), "");
}

TEST_F(RoleProof, an_attempt_that_only_the_guard_stops_is_a_hole) {
    settings::Settings settings;
    settings.domains = roles.domains;
    run(guard_sql(settings));
    EXPECT_EQ(words_of(attempt(app_url())), "");
    run(filled("GRANT CREATE ON SCHEMA game TO {app}"));
    const auto found = attempt(app_url());
    ASSERT_EQ(found.size(), 1U) << words_of(found);
    ASSERT_EQ(found.front().failures.size(), 1U);
    EXPECT_EQ(found.front().failures.front().object, "in schema game: only the guard kept it from creating a table");
    run(found.front().failures.front().mend);
    EXPECT_EQ(words_of(attempt(app_url())), "");
    run(remove_guard_sql(settings));  // before the roles go
}

TEST_F(RoleProof, an_attempt_touches_no_row_sequence_or_trigger_and_leaves_nothing) {
    run(filled(
        "SET ROLE {mig}; INSERT INTO users.\"Odd Name\" VALUES (DEFAULT, 7); "
        "CREATE FUNCTION users.bang() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''bang''; END'; "
        "CREATE TRIGGER bang BEFORE INSERT OR UPDATE OR DELETE ON users.\"Odd Name\" FOR EACH STATEMENT "
        "EXECUTE FUNCTION users.bang()"));
    auto looking = connection();
    const std::string state =
        "SELECT (SELECT count(*) FROM users.\"Odd Name\" WHERE \"a b\" = 7) || ' ' || (SELECT last_value FROM "
        "users.\"Odd Name_id_seq\") || ' ' || (SELECT count(*) FROM pg_class WHERE relname LIKE 'haetae%')";
    const auto before = first_cell(looking, state);
    EXPECT_EQ(words_of(attempt(app_url())), "");
    EXPECT_EQ(first_cell(looking, state), before);
}

TEST_F(RoleProof, an_attempt_does_not_wait_for_a_lock) {
    auto holder = connection();
    first_cell(holder, "BEGIN; LOCK TABLE game.nothing IN ACCESS EXCLUSIVE MODE");
    const auto found = attempt(app_url());
    ASSERT_EQ(found.size(), 1U) << words_of(found);
    EXPECT_EQ(found[0].key, "attempt-data");
    EXPECT_NE(found[0].failures[0].object.find("lock timeout"), std::string::npos) << words_of(found);
}

TEST_F(RoleProof, an_attempt_knows_when_the_url_is_somebody_elses_or_leads_elsewhere) {
    auto found = attempt(url());
    EXPECT_TRUE(words_of(found).starts_with("attempt-login\n  it logs in as postgres")) << words_of(found);
    found = attempt(app_url().with("dbname", "postgres"));
    EXPECT_EQ(words_of(found), "attempt-login\n  it leads to another database than the environment's URL\n  \n");
}

TEST_F(RoleProof, the_roles_of_nobody_are_refused_by_name) {
    auto others = roles;
    others.app = "postgres";
    auto session = connection();
    const auto outcome = session.run_script("BEGIN;" + roles::foundation_sql(others, {}, std::chrono::seconds(3)));
    ASSERT_TRUE(outcome.error.has_value());
    EXPECT_EQ(outcome.error->sqlstate, "HT006");
}

}  // namespace
}  // namespace haetae::protect
