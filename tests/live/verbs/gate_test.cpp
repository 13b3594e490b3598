// SPDX-License-Identifier: Apache-2.0
// docs/safety.md told as tests: who changes a protected database, with real roles, and who does not.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "kit/guarded_fixture.hpp"

namespace haetae::verbs {
namespace {

using kit::ended;
using kit::guarded_url;

class Gate : public kit::GuardedTest {
 protected:
    void protect() { ASSERT_TRUE(ended(by_hand({"protect", "production", "-e", "production"}), 0, "and protected")); }
};

TEST_F(Gate, refuses_a_change_by_hand_even_through_an_env_file_that_says_local) {
    protect();
    project.write(".env", "DATABASE_URL=" + guarded_url(url(), "migration_user") + "\n");
    const auto refused = by_hand({"upgrade", "head"});
    EXPECT_TRUE(ended(refused, 3, "environment local is meant, but database")) << refused.output;
    EXPECT_TRUE(ended(refused, 3, "let the pipeline run it: haetae upgrade head -e production"));
    EXPECT_TRUE(ended(refused, 3, "haetae upgrade head -e production --break-glass \"REASON\""));
    EXPECT_TRUE(ended(by_hand({"upgrade", "head", "-e", "production"}), 3, "error[HT0710]"));
    EXPECT_EQ(sql("SELECT to_regnamespace('app')"), "");
}

TEST_F(Gate, lets_the_pipeline_pass_with_the_migration_role_and_puts_the_run_on_record) {
    protect();
    EXPECT_TRUE(ended(by_pipeline({"upgrade", "head", "-e", "production"}), 0, "applied 1 revision"));
    EXPECT_EQ(sql("SELECT concat_ws(' ', role, details ->> 'ci_run', details ->> 'ci_actor', details ->> 'ci_commit') "
                  "FROM haetae.ledger WHERE kind = 'run' ORDER BY id DESC LIMIT 1"),
              "migration_user https://github.example/game/server/actions/runs/77 kim 0123abcd");
}

TEST_F(Gate, knows_gitlab_and_a_system_that_the_project_describes) {
    protect();
    EXPECT_TRUE(ended(
        by_hand({"upgrade", "+1", "-d", "app", "-e", "production"}, {{"GITLAB_CI", "true"},
                                                                     {"CI_JOB_URL", "https://gitlab.example/jobs/5"},
                                                                     {"GITLAB_USER_LOGIN", "kim"},
                                                                     {"CI_COMMIT_SHA", "abc"}}),
        0, "applied 1"));
    second_revision("CREATE TABLE app.two (n int);");
    const Variables jenkins = {{"BUILD_URL", "https://ci.example/9"}, {"BUILD_USER", "kim"}, {"GIT_COMMIT", "abc"}};
    EXPECT_TRUE(ended(by_hand({"upgrade", "-e", "production"}, jenkins), 3, "error[HT0710]"));
    write_toml("[ci]\nrun_env = \"BUILD_URL\"\nactor_env = \"BUILD_USER\"\ncommit_env = \"GIT_COMMIT\"\n");
    EXPECT_TRUE(ended(by_hand({"upgrade", "-e", "production"}, {jenkins[0], jenkins[1]}), 3, "GIT_COMMIT is not set"));
    EXPECT_TRUE(ended(by_hand({"upgrade", "-e", "production"}, jenkins), 0, "applied 1"));
    EXPECT_EQ(sql("SELECT details ->> 'ci_run' FROM haetae.ledger WHERE kind = 'run' ORDER BY id DESC LIMIT 1"),
              "https://ci.example/9");
}

TEST_F(Gate, does_not_take_an_env_file_for_a_pipeline) {
    protect();
    project.write(".env",
                  "GITHUB_ACTIONS=true\nGITHUB_SERVER_URL=https://github.example\nGITHUB_REPOSITORY=a/b\n"
                  "GITHUB_RUN_ID=7\nGITHUB_ACTOR=kim\nGITHUB_SHA=abc\n");
    EXPECT_TRUE(ended(by_hand({"upgrade", "-e", "production"}), 3, "no CI system identifies this run"));
}

TEST_F(Gate, does_not_take_somebody_at_a_terminal_for_a_pipeline) {
    protect();
    const Variables github = {{"GITHUB_ACTIONS", "true"},   {"GITHUB_SERVER_URL", "https://github.example"},
                              {"GITHUB_REPOSITORY", "a/b"}, {"GITHUB_RUN_ID", "7"},
                              {"GITHUB_ACTOR", "kim"},      {"GITHUB_SHA", "abc"}};
    EXPECT_TRUE(ended(at_terminal("upgrade -e production", "", github), 3, "somebody sits at a terminal"));
}

TEST_F(Gate, lets_no_other_role_pass) {
    protect();
    for (const auto* role : {"app_user", "postgres", "stranger"}) {
        EXPECT_TRUE(
            ended(by_pipeline({"upgrade", "-e", "production"}, {{"MIGRATION_DB_URL", guarded_url(url(), role)}}), 3,
                  "error[HT0708]"));
    }
    sql("GRANT postgres TO stranger");
    project.write("haetae.toml",
                  "[domain.app]\n[env.production]\nurl_env = \"MIGRATION_DB_URL\"\n"
                  "migration_role = \"stranger\"\n");
    EXPECT_TRUE(
        ended(by_pipeline({"upgrade", "-e", "production"}, {{"MIGRATION_DB_URL", guarded_url(url(), "stranger")}}), 3,
              "is a superuser, or may become one"));
    sql("REVOKE postgres FROM stranger");
}

TEST_F(Gate, the_applications_role_on_a_shared_database_is_told_what_it_lacks_before_the_first_statement) {
    ASSERT_TRUE(ended(by_hand({"upgrade", "-e", "staging"}), 0, "applied 1"));
    sql("GRANT USAGE ON SCHEMA app, haetae TO app_user; GRANT SELECT ON ALL TABLES IN SCHEMA app, haetae TO app_user");
    second_revision("CREATE TABLE app.two (n int);");
    EXPECT_TRUE(ended(by_hand({"upgrade", "-e", "staging"}, {{"MIGRATION_DB_URL", guarded_url(url(), "app_user")}}), 4,
                      "role app_user lacks the right"));
    EXPECT_EQ(sql("SELECT count(*) FROM haetae.ledger WHERE role = 'app_user'"), "0");
}

TEST_F(Gate, a_protected_environment_guards_a_database_without_a_mark) {
    const auto refused = by_hand({"upgrade", "-e", "production"});
    EXPECT_TRUE(ended(refused, 3, "error[HT0710]"));
    EXPECT_TRUE(ended(refused, 3, "`haetae protect production -e production` writes it into the database"));
    EXPECT_TRUE(ended(by_pipeline({"upgrade", "-e", "production"}), 0, "applied 1"));
}

TEST_F(Gate, a_pipeline_that_leads_to_another_database_is_stopped_even_with_nothing_to_do) {
    ASSERT_TRUE(ended(by_hand({"upgrade", "-e", "staging"}), 0, "applied 1"));
    ASSERT_TRUE(ended(by_hand({"protect", "staging", "-e", "staging"}), 0, "and protected"));
    EXPECT_TRUE(ended(by_pipeline({"upgrade", "-e", "production"}), 3, "calls itself staging"));
}

TEST_F(Gate, with_nothing_to_do_nothing_is_refused) {
    protect();
    ASSERT_TRUE(ended(by_pipeline({"upgrade", "-e", "production"}), 0, "applied 1"));
    EXPECT_TRUE(ended(by_hand({"upgrade", "-e", "production"}), 0, "nothing to do"));
}

TEST_F(Gate, down_and_contract_have_a_switch_each) {
    protect();
    const std::string up = "ALTER TABLE app.one DROP COLUMN n;";
    const std::string down = "ALTER TABLE app.one ADD COLUMN n int;";
    second_revision(up, down);
    EXPECT_TRUE(ended(by_pipeline({"upgrade", "-e", "production"}), 3, "app a2 (ALTER TABLE in line 7)"));
    write_toml("allow_contract = true\n");
    EXPECT_TRUE(ended(by_pipeline({"upgrade", "-e", "production"}), 0, "applied 2"));
    EXPECT_TRUE(ended(by_pipeline({"downgrade", "-1", "-e", "production"}), 3, "error[HT0711]"));
    write_toml("allow_down = true\n");
    EXPECT_TRUE(ended(by_pipeline({"downgrade", "-1", "-e", "production"}), 0, "undid 1"));
    second_revision(up, down, "-- Phase: expand\n");
    EXPECT_TRUE(ended(by_pipeline({"upgrade", "-e", "production"}), 0, "applied 1"));
}

TEST_F(Gate, every_verb_that_changes_the_database_passes_it) {
    protect();
    EXPECT_TRUE(ended(by_hand({"stamp", "head", "-e", "production"}), 3, "error[HT0710]"));
    second_revision("CREATE INDEX CONCURRENTLY i ON app.one (n);\nSELECT 1/0;");
    EXPECT_TRUE(ended(by_pipeline({"upgrade", "-e", "production"}), 6, "division by zero"));
    EXPECT_TRUE(ended(by_hand({"upgrade", "--abandon", "-e", "production"}), 3, "error[HT0710]"));
    EXPECT_TRUE(ended(by_pipeline({"upgrade", "--abandon", "-e", "production"}), 0, "not part-way up any more"));
    EXPECT_TRUE(ended(by_pipeline({"stamp", "a2", "-e", "production"}), 0, "a1 -> a2"));
}

TEST_F(Gate, a_domain_with_several_heads_is_refused_whatever_the_target) {
    protect();
    project.revision("app", "a2", "a1", "-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 1;\n");
    project.revision("app", "a3", "a1", "-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 1;\n");
    for (const auto* target : {"heads", "a1", "a2"}) {
        EXPECT_TRUE(ended(by_pipeline({"upgrade", target, "-e", "production"}), 3, "error[HT0713]")) << target;
    }
    EXPECT_TRUE(ended(by_pipeline({"stamp", "a1", "-e", "production"}), 3, "error[HT0713]"));
    EXPECT_TRUE(ended(by_hand({"upgrade", "heads", "-e", "production", "--break-glass", "now", "--yes-database",
                               url().value("dbname")}),
                      3, "error[HT0713]"));
    EXPECT_EQ(sql("SELECT to_regnamespace('app')"), "");
}

TEST_F(Gate, an_administrator_has_to_name_the_environment_too) {
    protect();
    const Variables as_local = {{"DATABASE_URL", guarded_url(url(), "postgres")}};
    for (const auto& action : {"install", "remove"}) {
        EXPECT_TRUE(ended(by_hand({"guard", action}, as_local), 3, "error[HT0705]"));
    }
    EXPECT_TRUE(ended(by_hand({"guard", "install"}, as_local), 3, "say so: -e production"));
    EXPECT_EQ(sql("SELECT count(*) FROM pg_event_trigger"), "0");
    EXPECT_TRUE(ended(by_hand({"guard", "install", "-e", "production"}), 0, "the guard stands"));
}

TEST_F(Gate, takes_no_exceptions_and_no_purge_of_unknown_rows) {
    protect();
    ASSERT_TRUE(ended(by_pipeline({"upgrade", "-e", "production"}), 0, "applied 1"));
    project.revision("app", "a1", "", "-- migrate:up\nCREATE TABLE app.other (n int);\n-- migrate:down\nSELECT 1;\n");
    EXPECT_TRUE(ended(by_pipeline({"upgrade", "-e", "production"}), 3, "edited after it was applied"));
    EXPECT_TRUE(ended(by_pipeline({"upgrade", "-e", "production", "--accept-edited", "a1"}), 3, "error[HT0714]"));
    sql("UPDATE app.alembic_version SET version_num = 'gone'");
    EXPECT_TRUE(ended(by_pipeline({"upgrade", "-e", "production"}), 3, "error[HT0160]"));
    EXPECT_TRUE(ended(by_hand({"upgrade", "-e", "production"}), 3, "HT0710: no CI system"));
    EXPECT_TRUE(ended(by_pipeline({"stamp", "--purge", "a1", "-e", "production"}), 3, "error[HT0160]"));
}

}  // namespace
}  // namespace haetae::verbs
