// SPDX-License-Identifier: Apache-2.0
// An emergency works, deliberately, and stays on record.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>

#include "kit/eventually.hpp"
#include "kit/guarded_fixture.hpp"

namespace haetae::verbs {
namespace {

using kit::ended;
using kit::guarded_url;

class BreakGlass : public kit::GuardedTest {
 protected:
    void SetUp() override {
        GuardedTest::SetUp();
        ASSERT_TRUE(ended(by_hand({"protect", "production", "-e", "production"}), 0, "and protected"));
    }
    [[nodiscard]] std::string name() const { return url().value("dbname"); }
    [[nodiscard]] std::vector<std::string> emergency(const std::string& verb) const {
        return {verb, "-e", "production", "--break-glass", "orders fail since 3:00", "--yes-database", name()};
    }
    [[nodiscard]] std::string record() const {
        return sql(
            "SELECT string_agg(concat_ws(' ', coalesce(outcome, 'begun'), reason), '; ' ORDER BY id) "
            "FROM haetae.ledger WHERE kind = 'broke-glass'");
    }
};

TEST_F(BreakGlass, is_on_record_before_the_first_statement_and_with_its_outcome_after) {
    second_revision(
        "DO $$BEGIN IF NOT EXISTS (SELECT FROM haetae.ledger WHERE kind = 'broke-glass') THEN RAISE "
        "'too late'; END IF; END$$;\nDROP TABLE app.one;");
    const auto done = by_hand(emergency("upgrade"));
    EXPECT_TRUE(ended(done, 0, "applied 2 revisions"));
    EXPECT_TRUE(ended(done, 0, "HT0710: no CI system identifies this run"));
    EXPECT_TRUE(ended(done, 0, "HT0712: revisions take away"));
    EXPECT_EQ(record(), "begun orders fail since 3:00; done orders fail since 3:00");
    EXPECT_EQ(sql("SELECT details ->> 'confirmed' || ' ' || (details -> 'broken')::text FROM haetae.ledger "
                  "WHERE kind = 'broke-glass' AND outcome IS NULL")
                  .substr(0, 16),
              "--yes-database [");
    EXPECT_TRUE(ended(by_hand({"ledger", "--broke-glass", "-e", "production"}), 0,
                      "against HT0710 HT0712  because: orders fail since 3:00"));
    for (const auto* verb : {"status", "whoami", "doctor"}) {
        const auto seen = by_hand({verb, "-e", "production"});
        EXPECT_TRUE(ended(seen, 0, "by migration_user: orders fail since 3:00 (done)")) << verb;
        EXPECT_TRUE(ended(seen, 0, "calls itself production, which is protected; said in database")) << verb;
    }
    const auto who = by_hand({"whoami", "-e", "production", "--format", "json"});
    EXPECT_TRUE(ended(who, 0, R"("last_emergency": ")"));
    EXPECT_TRUE(ended(who, 0, R"("name": "production")"));
}

TEST_F(BreakGlass, keeps_the_outcome_of_a_run_that_fails) {
    second_revision("SELECT 1/0;");
    EXPECT_TRUE(ended(by_hand(emergency("upgrade")), 5, "division by zero"));
    EXPECT_EQ(record(), "begun orders fail since 3:00; failed orders fail since 3:00");
    EXPECT_TRUE(ended(by_hand({"ledger", "--broke-glass", "-e", "production"}), 0, "failed  division by zero"));
}

class StoppedBreakGlass : public BreakGlass {
 protected:
    /// Sends the signal while the revision runs, and waits for the end.
    void stop_by(int signal) {
        project.revision(
            "app", "a1", "",
            "-- migrate:up\nSELECT pg_catalog.pg_advisory_xact_lock(4711);\nSELECT pg_catalog.pg_sleep(60);\n"
            "-- migrate:down\nSELECT 1;\n");
        auto child = start_by_hand(emergency("upgrade"));
        auto looking = connection();
        ASSERT_TRUE(kit::eventually([&] {
            return kit::first_cell(looking,
                                   "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711 "
                                   "AND database = (SELECT oid FROM pg_database WHERE datname = "
                                   "current_database())") == "1";
        }));
        child.signal(signal);
        ASSERT_TRUE(child.wait(std::chrono::seconds(30)));
        kit::first_cell(looking,
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                        "AND datname = current_database()");
    }
};

TEST_F(StoppedBreakGlass, that_is_terminated_keeps_its_outcome) {
    stop_by(SIGTERM);
    EXPECT_EQ(record(), "begun orders fail since 3:00; failed orders fail since 3:00");
}

TEST_F(StoppedBreakGlass, that_is_killed_is_seen_to_have_none) {
    stop_by(SIGKILL);
    EXPECT_EQ(record(), "begun orders fail since 3:00");
    EXPECT_TRUE(ended(by_hand({"status", "-e", "production"}), 0, "orders fail since 3:00 (no outcome is recorded)"));
}

TEST_F(BreakGlass, stands_in_for_the_switches_of_downgrade_and_stamp_needs_it_too) {
    EXPECT_TRUE(ended(by_hand(emergency("upgrade")), 0, "applied 1"));
    auto down = emergency("downgrade");
    down.emplace_back("-1");
    EXPECT_TRUE(ended(by_hand(down), 0, "undid 1 revision"));
    auto stamp = emergency("stamp");
    stamp.emplace_back("head");
    EXPECT_TRUE(ended(by_hand(stamp), 0, "base -> a1"));
}

TEST_F(BreakGlass, asks_on_a_terminal_for_the_name_of_the_database) {
    const std::string line = "upgrade -e production --break-glass orders";
    EXPECT_TRUE(ended(at_terminal(line, "no"), 3, "that is not the name of the database"));
    EXPECT_TRUE(ended(at_terminal(line + " --yes-database " + name(), "no"), 3, "error[HT0716]"));
    EXPECT_EQ(record(), "");
    EXPECT_TRUE(ended(at_terminal(line, name()), 0, "applied 1 revision"));
    EXPECT_EQ(record(), "begun orders; done orders");
}

TEST_F(BreakGlass, needs_the_name_of_the_database_where_there_is_no_terminal) {
    const std::vector<std::string> arguments{"upgrade", "-e", "production", "--break-glass", "orders"};
    EXPECT_TRUE(ended(by_hand(arguments), 3, "--yes-database " + name()));
    auto other = arguments;
    other.insert(other.end(), {"--yes-database", "another"});
    EXPECT_TRUE(ended(by_hand(other), 3, "--yes-database names another, and this is database"));
    EXPECT_EQ(record(), "");
}

TEST_F(BreakGlass, needs_a_reason) {
    EXPECT_TRUE(ended(by_hand({"upgrade", "-e", "production", "--break-glass", " "}), 2, "error[HT0143]"));
    EXPECT_TRUE(ended(by_hand({"upgrade", "-e", "production", "--break-glass="}), 2, "is empty"));
    EXPECT_EQ(record(), "");
}

TEST_F(BreakGlass, does_not_keep_a_password_that_its_reason_quotes) {
    auto arguments = emergency("upgrade");
    arguments[4] = "it is " + guarded_url(url(), "migration_user");
    EXPECT_TRUE(ended(by_hand(arguments), 0, "applied 1"));
    EXPECT_NE(record().find("migration_user"), std::string::npos);
}

TEST_F(BreakGlass, stands_in_for_nothing_else) {
    auto arguments = emergency("upgrade");
    for (const auto* role : {"app_user", "postgres"}) {
        EXPECT_TRUE(ended(by_hand(arguments, {{"MIGRATION_DB_URL", guarded_url(url(), role)}}), 3, "error[HT0708]"));
    }
    arguments[2] = "staging";
    EXPECT_TRUE(ended(by_hand(arguments), 3, "error[HT0705]"));
    EXPECT_TRUE(ended(by_hand(emergency("upgrade")), 0, "applied 1"));
    project.revision("app", "a1", "", "-- migrate:up\nCREATE TABLE app.other (n int);\n-- migrate:down\nSELECT 1;\n");
    second_revision("SELECT 1;");
    EXPECT_TRUE(ended(by_hand(emergency("upgrade")), 3, "error[HT0701]"));
    sql("UPDATE app.alembic_version SET version_num = 'gone'");
    EXPECT_TRUE(ended(by_hand(emergency("upgrade")), 3, "error[HT0160]"));
    migrated = clone();
    arguments = emergency("upgrade");
    arguments.back() = migrated.value("dbname");
    EXPECT_TRUE(ended(by_hand(arguments), 3, "HT0706"));
}

TEST_F(BreakGlass, leaves_no_trace_where_nothing_was_broken) {
    EXPECT_TRUE(ended(by_pipeline(emergency("upgrade")), 0, "--break-glass breaks nothing"));
    EXPECT_EQ(record(), "");
}

}  // namespace
}  // namespace haetae::verbs
