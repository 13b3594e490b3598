// SPDX-License-Identifier: Apache-2.0
// What a check-up calls a failure, a warning, or right, and the remedy it names.
#include "checkup/server.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace haetae::checkup {
namespace {

using outcome::CheckLine;
using enum CheckLine::State;

ServerFacts sound() {
    return {.role = "mig",
            .database = "game",
            .address = "db:5432",
            .server_version = "15.18",
            .schemas = {{.domain = graph::DomainName("app"), .schema = "app", .exists = true, .may_create = true}}};
}

settings::Environment production() {
    return {.name = "production", .is_protected = true, .migration_role = "mig"};
}

CheckLine line_of(const Lines& lines, const std::string& topic) {
    const auto found =
        std::find_if(lines.begin(), lines.end(), [&](const CheckLine& line) { return line.topic == topic; });
    return found == lines.end() ? CheckLine{.state = unseen, .topic = "none"} : *found;
}

TEST(Checkup, a_sound_server_has_nothing_but_right_lines) {
    for (const auto& line : judge_server(sound(), production())) EXPECT_EQ(line.state, ok) << line.text;
}

TEST(Checkup, the_role_is_judged_by_what_the_environment_says_of_itself) {
    auto facts = sound();
    facts.role = "app_user";
    EXPECT_EQ(line_of(judge_server(facts, production()), "identity").state, failure);
    auto staging = production();
    staging.is_protected = false;
    EXPECT_EQ(line_of(judge_server(facts, staging), "identity").state, warning);
    facts.is_superuser = true;
    EXPECT_EQ(line_of(judge_server(facts, settings::Environment{}), "identity").state, ok) << "local";
    EXPECT_EQ(line_of(judge_server(facts, {.name = "staging"}), "identity").state, warning);
    facts.is_standby = true;
    EXPECT_EQ(line_of(judge_server(facts, settings::Environment{}), "identity").state, failure);
}

TEST(Checkup, rights_by_domain_come_with_the_grant_that_is_missing) {
    auto facts = sound();
    facts.schemas.front().may_create = false;
    auto line = line_of(judge_server(facts, production()), "domain app");
    EXPECT_EQ(line.state, failure);
    EXPECT_NE(line.remedy.find(R"(GRANT USAGE, CREATE ON SCHEMA "app" TO "mig")"), std::string::npos) << line.remedy;
    EXPECT_EQ(line_of(judge_server(facts, settings::Environment{}), "domain app").state, warning);
    facts.schemas.front().exists = false;
    line = line_of(judge_server(facts, production()), "domain app");
    EXPECT_EQ(line.state, failure);
    EXPECT_NE(line.remedy.find("CREATE SCHEMA"), std::string::npos) << line.remedy;
    facts.may_create_schemas = true;
    EXPECT_EQ(line_of(judge_server(facts, production()), "domain app").state, ok);
}

TEST(Checkup, a_limit_that_haetae_does_not_raise_is_a_warning) {
    auto facts = sound();
    facts.limits = {{"statement_timeout", "2min"}};
    auto line = line_of(judge_server(facts, production()), "limits");
    EXPECT_EQ(line.state, ok);
    EXPECT_NE(line.text.find("statement_timeout 2min"), std::string::npos);
    facts.limits = {{"transaction_timeout", "5min"}};
    line = line_of(judge_server(facts, production()), "limits");
    EXPECT_EQ(line.state, warning);
    EXPECT_NE(line.remedy.find("transaction_timeout = 0"), std::string::npos);
}

TEST(Checkup, an_extension_is_judged_by_whether_the_revision_could_create_it) {
    auto facts = sound();
    const auto state = [&facts](const ExtensionFacts& extension) {
        facts.extensions = {extension};
        return line_of(judge_server(facts, production()), "extension x").state;
    };
    EXPECT_EQ(state({.name = "x"}), failure);
    EXPECT_EQ(state({.name = "x", .is_available = true}), warning);
    EXPECT_EQ(state({.name = "x", .is_available = true, .is_installed = true}), ok);
    EXPECT_EQ(state({.name = "x", .is_available = true, .is_trusted = true}), warning)
        << "needs CREATE on the database";
    facts.may_create_schemas = true;
    EXPECT_EQ(state({.name = "x", .is_available = true, .is_trusted = true}), ok);
    facts.is_superuser = true;
    EXPECT_EQ(state({.name = "x", .is_available = true}), ok);
}

TEST(Checkup, a_domain_in_a_schema_of_the_platform_is_named) {
    const std::vector<settings::Domain> domains{
        {.name = graph::DomainName("auth"), .folder = "", .schema = "auth", .version_schema = "auth"},
        {.name = graph::DomainName("users"), .folder = "", .schema = "users", .version_schema = "users"}};
    const auto there = judge_schema_names(domains, true);
    ASSERT_EQ(there.size(), 1U);
    EXPECT_EQ(there.front().state, failure);
    EXPECT_EQ(there.front().topic, "domain auth");
    EXPECT_EQ(judge_schema_names(domains, false).front().state, warning);
}

TEST(Checkup, versions_are_held_against_each_other) {
    const auto states = [](int server, std::optional<int> pg_dump) {
        std::string text;
        for (const auto& line :
             judge_versions({.server = server, .client = 150018, .grammar = 150001, .pg_dump = pg_dump}))
            text += line.state == ok ? "o" : line.state == warning ? "w" : "f";
        return text;
    };
    EXPECT_EQ(states(150018, 15), "oo");
    EXPECT_EQ(states(150018, 17), "oo");
    EXPECT_EQ(states(170004, 15), "ow");
    EXPECT_EQ(states(150018, std::nullopt), "ow");
    EXPECT_EQ(states(120001, 15), "fo");
    EXPECT_EQ(states(190001, 19), "wo");
    EXPECT_EQ(states(0, 15), "oo");
}

}  // namespace
}  // namespace haetae::checkup
