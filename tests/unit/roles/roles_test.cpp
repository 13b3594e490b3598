// SPDX-License-Identifier: Apache-2.0
// Which roles are refused before any server is asked, and what the printed SQL and the proof hold.
#include "roles/roles.hpp"

#include <gtest/gtest.h>

#include "roles/proof.hpp"
#include "roles/role_sql.hpp"

namespace haetae::roles {
namespace {

settings::Domain domain_of(const std::string& name, const std::string& version_schema = "") {
    return {.name = graph::DomainName(name),
            .folder = "migrations/" + name,
            .schema = name,
            .version_schema = version_schema.empty() ? name : version_schema};
}

settings::Environment environment_of(std::optional<std::string> migration, std::optional<std::string> app) {
    settings::Environment environment{.name = "production"};
    environment.migration_role = std::move(migration);
    environment.app_role = std::move(app);
    return environment;
}

std::string code_of(const settings::Settings& settings, const settings::Environment& environment) {
    const auto roles = roles_of(settings, environment);
    return roles ? "" : roles.error().code;
}

TEST(Roles, both_must_be_named_and_be_two) {
    const settings::Settings settings{.root = "/", .domains = {domain_of("game")}};
    EXPECT_EQ(code_of(settings, environment_of("m", "a")), "");
    EXPECT_EQ(code_of(settings, environment_of(std::nullopt, "a")), "HT0740");
    EXPECT_EQ(code_of(settings, environment_of("m", std::nullopt)), "HT0740");
    EXPECT_EQ(code_of(settings, environment_of("a", "a")), "HT0741");
    EXPECT_EQ(code_of(settings, environment_of("pg_monitor", "a")), "HT0742");
    EXPECT_EQ(code_of(settings, environment_of("m", "public")), "HT0742");
    EXPECT_EQ(code_of(settings, environment_of("m", "None")), "") << "a name in quotes is another";
}

TEST(Roles, the_ledger_needs_a_schema_that_no_domain_lives_in) {
    settings::Settings settings{.root = "/", .domains = {domain_of("game")}};
    settings.ledger_schema = "game";
    EXPECT_EQ(code_of(settings, environment_of("m", "a")), "HT0743");
}

TEST(Roles, a_schema_of_version_tables_alone_is_only_read_and_one_that_a_revision_makes_is_left_to_it) {
    const Roles roles{.migration = "m", .app = "a", .domains = {domain_of("game", "versions"), domain_of("users")}};
    EXPECT_EQ(roles.domain_schemas(), (std::vector<std::string>{"game", "users"}));
    EXPECT_EQ(roles.read_schemas(), (std::vector<std::string>{"haetae", "versions"}));
    EXPECT_EQ(roles.schemas_to_make(), (std::vector<std::string>{"haetae", "users", "versions"}));
}

TEST(RoleSql, no_name_ends_the_quotes_it_stands_in) {
    const Roles roles{.migration = "$haetae$; DROP", .app = "it's \"app\" \\", .domains = {domain_of("ga'me")}};
    const auto sql = whole_script(roles, {}, std::chrono::seconds(3));
    EXPECT_EQ(sql.find("DO $haetae$\nDECLARE\n    migration"), std::string::npos) << sql;
    EXPECT_NE(sql.find("DO $haetae1$"), std::string::npos) << sql;
    EXPECT_NE(sql.find("SET LOCAL ROLE \"$haetae$; DROP\";"), std::string::npos);
    EXPECT_NE(sql.find("app constant text := E'it''s \"app\" \\\\'"), std::string::npos) << sql;
}

TEST(RoleSql, holds_what_the_server_keeps_of_a_password_and_a_role_without_one_has_null) {
    const Roles roles{.migration = "m", .app = "a", .domains = {}};
    const auto sql =
        whole_script(roles, {.app = {.verifier = "SCRAM-SHA-256$x", .only_for_new = true}}, std::chrono::seconds(3));
    EXPECT_NE(sql.find("(migration, NULL::text, false)"), std::string::npos) << sql;
    EXPECT_NE(sql.find("(app, 'SCRAM-SHA-256$x'::text, true)"), std::string::npos) << sql;
}

TEST(Proof, holds_only_when_everything_was_tried_and_held) {
    const Roles roles{.migration = "m", .app = "a", .domains = {}};
    auto proof = judge_catalog(roles, {});
    EXPECT_TRUE(proof.holds());
    const auto untried = no_attempt(roles, "why");
    proof.checks.insert(proof.checks.end(), untried.begin(), untried.end());
    EXPECT_FALSE(proof.holds());
    EXPECT_NE(proof_text(proof).find("a was refused CREATE TABLE in every domain: not attempted, why"),
              std::string::npos);
}

TEST(Proof, shows_each_failure_with_its_mend) {
    const Roles roles{.migration = "m", .app = "a", .domains = {}};
    const auto proof = judge_catalog(
        roles,
        {{.check = "app-schemas", .failure = {.object = "CREATE on public, given to PUBLIC", .mend = "REVOKE it;"}}});
    EXPECT_FALSE(proof.holds());
    EXPECT_NE(proof_text(proof).find("FAILS a creates in no schema\n      CREATE on public, given to PUBLIC\n        "
                                     "REVOKE it;\n"),
              std::string::npos)
        << proof_text(proof);
    EXPECT_NE(proof_json(roles, proof).find("\"verdict\": \"fails\""), std::string::npos);
}

}  // namespace
}  // namespace haetae::roles
