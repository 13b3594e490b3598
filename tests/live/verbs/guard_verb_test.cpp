// SPDX-License-Identifier: Apache-2.0
// `haetae guard` as an administrator and a migrator use it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "kit/project_folder.hpp"
#include "kit/sandbox_fixture.hpp"

namespace haetae::verbs {
namespace {

using kit::first_cell;

class GuardVerb : public kit::SandboxTest {
 protected:
    GuardVerb()
        : project(HAETAE_BUILD "/haetae",
                  "[domain.app]\n[env.local]\nurl_env = \"DATABASE_URL\"\nadmin_url_env = \"GUARD_ADMIN_URL\"\n") {
        project.revision("app", "aaaa01", "",
                         "-- migrate:up\nCREATE TABLE app.one (a int);\n-- migrate:down\nDROP TABLE app.one;");
    }
    /// As a migration role that owns nothing yet and may make schemas; the administrator's URL is in a variable.
    os::Finished as_migrator(std::vector<std::string> arguments, bool with_admin = true) const {
        auto command = project.command(url().with("user", "guard_migrator").shown(), std::move(arguments));
        if (with_admin) command.environment.emplace_back("GUARD_ADMIN_URL", url().shown());
        auto finished = os::run(command, std::chrono::minutes(2));
        EXPECT_TRUE(finished);
        return *std::move(finished);
    }
    std::string by_hand(const std::string& sql) const {
        auto session = kit::connect_to(url().with("user", "guard_migrator"));
        const auto outcome = session.run_script(sql);
        return outcome.error ? outcome.error->sqlstate : "";
    }
    void SetUp() override {
        SandboxTest::SetUp();
        auto admin = connection();
        first_cell(admin,
                   "DO $$ BEGIN CREATE ROLE guard_migrator LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        first_cell(admin, fmt::format("GRANT CREATE ON DATABASE {} TO guard_migrator", url().value("dbname")));
    }
    std::string cell(const std::string& sql) const {
        auto admin = connection();
        return first_cell(admin, sql);
    }
    static bool holds(const os::Finished& finished, std::string_view text) {
        return finished.output.find(text) != std::string::npos;
    }

    kit::ProjectFolder project;
};

TEST_F(GuardVerb, install_by_the_administrator_stops_hands_and_lets_haetae_through) {
    ASSERT_EQ(as_migrator({"upgrade"}).exit_code, 0);
    EXPECT_EQ(by_hand("ALTER TABLE app.one ADD by_hand int"), "");
    const auto installed = as_migrator({"guard", "install", "--reason", "freeze"});
    ASSERT_EQ(installed.exit_code, 0) << installed.output;
    EXPECT_TRUE(holds(installed, "the guard stands before the schemas app, haetae")) << installed.output;
    EXPECT_EQ(by_hand("ALTER TABLE app.one ADD more int"), "HT005");
    EXPECT_EQ(by_hand("DROP TABLE haetae.ledger"), "HT005");
    EXPECT_EQ(cell("SELECT reason || ' ' || (details->>'schemas') FROM haetae.ledger WHERE kind = 'guard-installed'"),
              R"(freeze ["app", "haetae"])");
    EXPECT_EQ(as_migrator({"guard", "check"}).exit_code, 0);
    EXPECT_EQ(as_migrator({"ledger", "--verify"}).exit_code, 0);

    project.revision("app", "aaaa02", "aaaa01",
                     "-- migrate:up\nALTER TABLE app.one ADD c int;\nCREATE INDEX CONCURRENTLY one_c ON app.one (c);\n"
                     "-- migrate:down\nALTER TABLE app.one DROP COLUMN c;");
    const auto upgraded = as_migrator({"upgrade"});
    EXPECT_EQ(upgraded.exit_code, 0) << upgraded.output;
    const auto downgraded = as_migrator({"downgrade", "base"});
    EXPECT_EQ(downgraded.exit_code, 0) << downgraded.output;
    EXPECT_EQ(as_migrator({"stamp", "head"}).exit_code, 0);

    const auto again = as_migrator({"guard", "install"});
    EXPECT_EQ(again.exit_code, 0) << again.output;
    const auto removed = as_migrator({"guard", "remove"});
    EXPECT_EQ(removed.exit_code, 0) << removed.output;
    EXPECT_EQ(by_hand("ALTER TABLE haetae.progress ADD more int"), "");
    EXPECT_EQ(cell("SELECT count(*) FROM haetae.ledger WHERE kind LIKE 'guard-%'"), "3");
    const auto nothing = as_migrator({"guard", "remove"});
    EXPECT_EQ(nothing.exit_code, 0) << nothing.output;
    EXPECT_TRUE(holds(nothing, "nothing to do")) << nothing.output;
}

TEST_F(GuardVerb, a_role_that_may_not_is_told_who_may) {
    const auto refused = as_migrator({"guard", "install"}, false);
    EXPECT_EQ(refused.exit_code, 4) << refused.output;
    EXPECT_TRUE(holds(refused, "error[HT0770]")) << refused.output;
    EXPECT_TRUE(holds(refused, "GUARD_ADMIN_URL")) << refused.output;
    EXPECT_EQ(cell("SELECT count(*) FROM pg_event_trigger"), "0");
    EXPECT_EQ(cell("SELECT to_regnamespace('haetae_guard') IS NULL"), "t");
    const auto missing = as_migrator({"guard", "check"});
    EXPECT_EQ(missing.exit_code, 1) << missing.output;
    EXPECT_TRUE(holds(missing, "there is no guard in this database")) << missing.output;
}

TEST_F(GuardVerb, a_guard_before_the_first_upgrade_is_not_in_the_way_of_it) {
    const auto installed = as_migrator({"guard", "install"});
    ASSERT_EQ(installed.exit_code, 0) << installed.output;
    EXPECT_TRUE(holds(installed, "there is no ledger yet")) << installed.output;
    const auto upgraded = as_migrator({"upgrade"});
    EXPECT_EQ(upgraded.exit_code, 0) << upgraded.output;
    EXPECT_EQ(cell("SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'haetae'"), "guard_migrator");
}

TEST_F(GuardVerb, a_domain_that_was_added_later_makes_check_fail_until_the_guard_is_installed_again) {
    ASSERT_EQ(as_migrator({"guard", "install"}).exit_code, 0);
    ASSERT_EQ(as_migrator({"domain", "add", "late"}).exit_code, 0);
    EXPECT_EQ(as_migrator({"guard", "check"}).exit_code, 1);
    ASSERT_EQ(as_migrator({"guard", "install"}).exit_code, 0);
    EXPECT_EQ(as_migrator({"guard", "check"}).exit_code, 0);
}

TEST_F(GuardVerb, what_sql_prints_can_be_pasted_by_an_administrator) {
    const auto printed = as_migrator({"guard", "sql"});
    ASSERT_EQ(printed.exit_code, 0);
    auto admin = connection();
    const auto outcome = admin.run_script(printed.output);
    EXPECT_FALSE(outcome.error) << outcome.error->message;
    EXPECT_EQ(as_migrator({"guard", "check"}).exit_code, 0);
}

}  // namespace
}  // namespace haetae::verbs
