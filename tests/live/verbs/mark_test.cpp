// SPDX-License-Identifier: Apache-2.0
// The mark fails closed: copies, tampering, roles that may not read it, other settings.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "kit/guarded_fixture.hpp"
#include "sandbox/programs.hpp"

namespace haetae::verbs {
namespace {

using kit::ended;
using kit::guarded_url;

class MarkVerbs : public kit::GuardedTest {
 protected:
    void protect() { ASSERT_TRUE(ended(by_hand({"protect", "production", "-e", "production"}), 0, "and protected")); }
    os::Finished upgrade() { return by_pipeline({"upgrade", "-e", "production"}); }
    [[nodiscard]] std::string said() const { return sql("SELECT name || ' ' || is_protected FROM haetae.environment"); }
};

TEST_F(MarkVerbs, says_what_it_is_once_and_keeps_who_said_so) {
    protect();
    EXPECT_EQ(said(), "production true");
    EXPECT_TRUE(ended(by_hand({"protect", "production", "-e", "production"}), 0, "nothing to do"));
    EXPECT_EQ(sql("SELECT string_agg(concat_ws(' ', kind, role, details ->> 'name'), '; ') FROM haetae.ledger "
                  "WHERE kind = 'protected'"),
              "protected migration_user production");
}

TEST_F(MarkVerbs, is_read_by_everybody_and_written_by_the_migration_role_alone) {
    protect();
    auto stranger = kit::connect_to(url().with("user", "stranger"));
    EXPECT_EQ(kit::first_cell(stranger, "SELECT name FROM haetae.environment"), "production");
    EXPECT_FALSE(stranger.simple("UPDATE haetae.environment SET is_protected = false"));
    EXPECT_FALSE(stranger.simple("SELECT FROM haetae.ledger"));
    for (const auto* role : {"app_user", "stranger"}) {
        const Variables as_role = {{"MIGRATION_DB_URL", guarded_url(url(), role)}};
        EXPECT_TRUE(ended(by_hand({"unprotect", "-e", "production", "--yes-database", url().value("dbname"), "--url",
                                   "env:MIGRATION_DB_URL"},
                                  as_role),
                          3, "error[HT0708]"));
    }
    EXPECT_EQ(said(), "production true");
}

TEST_F(MarkVerbs, by_an_administrator_leaves_the_books_to_the_migration_role) {
    sql("ALTER DATABASE " + url().value("dbname") + " OWNER TO postgres; GRANT CREATE ON DATABASE " +
        url().value("dbname") + " TO migration_user");
    protect();
    EXPECT_EQ(sql("SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'haetae'"), "migration_user");
    EXPECT_EQ(sql("SELECT relowner::regrole FROM pg_class WHERE oid = 'haetae.ledger'::regclass"), "migration_user");
    EXPECT_TRUE(ended(upgrade(), 0, "applied 1"));
}

TEST_F(MarkVerbs, of_a_copy_protects_it_until_somebody_says_what_it_is) {
    protect();
    migrated = clone();
    EXPECT_TRUE(ended(upgrade(), 3, "error[HT0706]"));
    EXPECT_TRUE(ended(by_hand({"upgrade"}, {{"DATABASE_URL", guarded_url(migrated, "migration_user")}}), 3, "HT0705"));
    EXPECT_TRUE(ended(by_hand({"protect", "production", "-e", "production"}), 3, "error[HT0717]"));
    EXPECT_TRUE(ended(by_hand({"protect", "production", "--here", "-e", "production"}), 0, "and protected"));
    EXPECT_TRUE(ended(upgrade(), 0, "applied 1"));
    migrated = url();
    EXPECT_TRUE(ended(upgrade(), 0, "applied 1"));
}

TEST_F(MarkVerbs, of_a_restored_backup_protects_it_until_it_is_unprotected) {
    protect();
    ASSERT_TRUE(ended(upgrade(), 0, "applied 1"));
    second_revision("CREATE TABLE app.two (n int);");
    migrated = kit::new_database("OWNER migration_user");
    const auto dump = sandbox::find_programs().value().folder + "/pg_dump";
    const auto restored =
        os::run({.program = "/bin/sh",
                 .arguments = {"-c", fmt::format("'{}' -d '{}' | psql -qX -v ON_ERROR_STOP=1 -d '{}'", dump,
                                                 guarded_url(url(), "postgres"), guarded_url(migrated, "postgres"))}},
                std::chrono::minutes(1));
    ASSERT_TRUE(restored && restored->exit_code == 0) << (restored ? restored->output : "");
    const Variables local = {{"DATABASE_URL", guarded_url(migrated, "migration_user")}};
    EXPECT_TRUE(ended(by_hand({"upgrade"}, local), 3, "this is a copy"));
    EXPECT_TRUE(ended(by_hand({"unprotect"}, local), 3, "there is no terminal"));
    EXPECT_TRUE(
        ended(by_hand({"unprotect", "--yes-database", migrated.value("dbname"), "--reason", "for a trial"}, local), 0,
              "is not protected"));
    EXPECT_EQ(sql_in(migrated, "SELECT reason FROM haetae.ledger WHERE kind = 'unprotected'"), "for a trial");
    EXPECT_TRUE(ended(by_hand({"upgrade"}, local), 0, "applied 1"));
}

TEST_F(MarkVerbs, of_another_environment_is_not_taken_away_from_here) {
    protect();
    const Variables local = {{"DATABASE_URL", guarded_url(url(), "migration_user")}};
    EXPECT_TRUE(ended(by_hand({"unprotect", "--yes-database", url().value("dbname")}, local), 3, "-e production"));
    EXPECT_TRUE(ended(by_hand({"protect", "local", "--here"}, local), 3, "-e production"));
    EXPECT_EQ(said(), "production true");
}

TEST_F(MarkVerbs, that_was_tampered_with_protects) {
    const char* const tamperings[] = {
        "UPDATE haetae.environment SET is_protected = false",
        "UPDATE haetae.environment SET name = 'staging'",
        "DELETE FROM haetae.environment",
        "DROP TABLE haetae.environment",
        "ALTER TABLE haetae.environment DROP COLUMN is_protected",
        "ALTER TABLE haetae.environment DROP COLUMN database_oid",
        "ALTER TABLE haetae.environment DROP CONSTRAINT environment_pkey; INSERT INTO haetae.environment "
        "SELECT * FROM haetae.environment",
        "ALTER TABLE haetae.environment ENABLE ROW LEVEL SECURITY",
        "DROP TABLE haetae.environment; CREATE VIEW haetae.environment AS SELECT 'x' AS name",
        "ALTER TABLE haetae.environment OWNER TO postgres; REVOKE ALL ON haetae.environment FROM PUBLIC",
    };
    protect();
    for (const auto* tampering : tamperings) {
        migrated = clone();
        ASSERT_TRUE(ended(by_hand({"protect", "production", "--here", "-e", "production"}), 0, "and protected"));
        sql_in(migrated, tampering);
        EXPECT_TRUE(ended(upgrade(), 3, "HT0707")) << tampering;
        const Variables local = {{"DATABASE_URL", guarded_url(migrated, "migration_user")}};
        EXPECT_TRUE(ended(by_hand({"upgrade"}, local), 3, "HT0707")) << tampering;
        EXPECT_TRUE(ended(by_hand({"status"}, local), 0, "counts as protected")) << tampering;
    }
}

TEST_F(MarkVerbs, that_was_tampered_with_is_put_right_by_saying_it_again) {
    protect();
    sql("ALTER TABLE haetae.environment DROP COLUMN name");
    EXPECT_TRUE(ended(by_hand({"protect", "production", "-e", "production"}), 3, "error[HT0717]"));
    EXPECT_TRUE(ended(by_hand({"protect", "production", "--here", "-e", "production"}), 0, "and protected"));
    EXPECT_TRUE(ended(upgrade(), 0, "applied 1"));
    sql("DROP TABLE haetae.environment");
    EXPECT_TRUE(ended(by_hand({"protect", "production", "--here", "-e", "production"}), 0, "and protected"));
    EXPECT_EQ(said(), "production true");
    EXPECT_TRUE(ended(by_hand({"ledger", "--verify", "-e", "production"}), 0, "unbroken"));
}

TEST_F(MarkVerbs, holds_for_a_project_that_keeps_its_books_elsewhere) {
    protect();
    project.write("haetae.toml", "ledger_schema = \"elsewhere\"\n[domain.app]\n");
    EXPECT_TRUE(ended(by_hand({"upgrade"}, {{"DATABASE_URL", guarded_url(url(), "migration_user")}}), 3, "HT0705"));
}

TEST_F(MarkVerbs, of_a_name_that_no_environment_can_have_is_refused) {
    EXPECT_TRUE(ended(by_hand({"protect", "pro duction", "-e", "production"}), 2, "error[HT0144]"));
    EXPECT_TRUE(ended(by_hand({"protect", "canary", "-e", "production"}), 0, "has no environment canary"));
}

}  // namespace
}  // namespace haetae::verbs
