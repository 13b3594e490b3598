// SPDX-License-Identifier: Apache-2.0
// The built program verifies histories whose faults are known.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "kit/environment_guard.hpp"
#include "kit/project_folder.hpp"
#include "os/file.hpp"

namespace haetae::prove {
namespace {

const std::string program = std::string(HAETAE_BUILD) + "/haetae";

class StairwayTest : public testing::Test {
 protected:
    /// Revisions r01, r02 … that follow each other; each part as it stands behind "-- migrate:up".
    void history(const std::vector<std::string>& bodies) {
        std::string before;
        for (const auto& body : bodies) {
            const std::string id = "abc0" + std::to_string(++count_);
            project.revision("app", id, before, "-- migrate:up\n" + body);
            before = id;
        }
    }
    nlohmann::json verify(std::vector<std::string> options = {}) {
        options.insert(options.begin(), {"verify", "--quiet", "--format", "json"});
        const auto finished = project.run("", options);
        exit_code = finished.exit_code;
        said = finished.output;
        const auto document = said.substr(std::min(said.find("{\n"), said.size()));
        return nlohmann::json::parse(document);
    }
    static std::vector<std::string> verdicts(const nlohmann::json& found) {
        std::vector<std::string> words;
        for (const auto& revision : found.at("revisions")) words.push_back(revision.at("verdict"));
        return words;
    }
    static std::string difference(const nlohmann::json& found, std::size_t number) {
        return found.at("revisions").at(number).at("difference");
    }

    using Words = std::vector<std::string>;
    kit::EnvironmentGuard environment;
    kit::ProjectFolder project{program, "[domain.app]\n"};
    int exit_code = -1;
    std::string said;

 private:
    int count_ = 0;
};

TEST_F(StairwayTest, a_history_that_comes_back_is_fine) {
    history({"CREATE TABLE app.t (a int);\n-- migrate:down\nDROP TABLE app.t;",
             "CREATE INDEX CONCURRENTLY i ON app.t (a);\n-- migrate:down\nDROP INDEX app.i;"});
    const auto found = verify();
    EXPECT_EQ(exit_code, 0) << said;
    EXPECT_EQ(verdicts(found), (Words{"restored", "restored"}));
    EXPECT_TRUE(found.at("ok"));
    EXPECT_EQ(found.at("round_trip").at("undone"), 2);
    EXPECT_EQ(found.at("round_trip").at("left"), "");
    EXPECT_EQ(found.at("round_trip").at("difference"), "");
}

TEST_F(StairwayTest, what_a_down_leaves_or_takes_is_said) {
    history({"CREATE TABLE app.t (a int DEFAULT 7);\nCREATE SEQUENCE app.q;\n-- migrate:down\nDROP TABLE app.t;",
             "ALTER TABLE app.t ALTER a DROP DEFAULT;\n-- migrate:down\nSELECT 1;"});
    const auto found = verify();
    EXPECT_EQ(exit_code, 1);
    EXPECT_FALSE(found.at("ok"));
    EXPECT_EQ(verdicts(found).back(), "not-restored");
    EXPECT_NE(difference(found, 0).find("app.q"), std::string::npos) << difference(found, 0);
    EXPECT_NE(difference(found, 1).find("- table app.t column a default 7"), std::string::npos) << difference(found, 1);
}

TEST_F(StairwayTest, a_left_over_makes_the_next_up_fail) {
    history({"CREATE TABLE app.t (a int);\nCREATE SEQUENCE app.q;\n-- migrate:down\nDROP TABLE app.t;"});
    const auto found = verify();
    EXPECT_EQ(exit_code, 1);
    EXPECT_EQ(verdicts(found), (Words{"up-again-failed"}));
    EXPECT_EQ(found.at("revisions").at(0).at("error").at("sqlstate"), "42P07");
}

TEST_F(StairwayTest, another_order_of_columns_is_a_weaker_finding) {
    history({"CREATE TABLE app.t (a int, b int);\n-- migrate:down\nDROP TABLE app.t;",
             "ALTER TABLE app.t DROP a;\n-- migrate:down\nALTER TABLE app.t ADD a int;"});
    const auto found = verify();
    EXPECT_EQ(exit_code, 0) << said;
    EXPECT_EQ(verdicts(found), (Words{"restored", "column-order"}));
    EXPECT_NE(difference(found, 1), "");
    verify({"--strict"});
    EXPECT_EQ(exit_code, 1);
}

TEST_F(StairwayTest, an_irreversible_revision_ends_the_way_down_and_is_no_finding) {
    history({"CREATE TABLE app.t (a int);\n-- migrate:down\nDROP TABLE app.t;", "DROP TABLE app.t;",
             "CREATE TABLE app.u (a int);\n-- migrate:down\nDROP TABLE app.u;"});
    const auto found = verify();
    EXPECT_EQ(exit_code, 0) << said;
    EXPECT_EQ(verdicts(found), (Words{"restored", "irreversible", "restored"}));
    const auto& trip = found.at("round_trip");
    EXPECT_EQ(trip.at("undone"), 1);
    EXPECT_EQ(trip.at("halts").at(0).at("revision"), "abc02");
    EXPECT_TRUE(trip.at("halts").at(0).at("irreversible"));
}

TEST_F(StairwayTest, a_failing_up_takes_out_only_what_stands_on_it) {
    history({"CREATE TABLE app.t (a int);\n-- migrate:down\nDROP TABLE app.t;",
             "CREATE TABLE app.t (a int);\n-- migrate:down\nSELECT 1;", "SELECT 1;\n-- migrate:down\nSELECT 1;"});
    project.revision("app", "abcb01", "abc01",
                     "-- migrate:up\nCREATE TABLE app.b (a int);\n-- migrate:down\nDROP TABLE app.b;");
    const auto found = verify();
    EXPECT_EQ(exit_code, 1);
    auto words = verdicts(found);
    std::sort(words.begin(), words.end());
    EXPECT_EQ(words, (Words{"not-reached", "restored", "restored", "up-failed"}));
}

TEST_F(StairwayTest, a_failing_down_is_a_finding_and_the_walk_goes_on) {
    history({"CREATE TABLE app.t (a int);\n-- migrate:down\nDROP TABLE app.missing;",
             "CREATE TABLE app.u (a int);\n-- migrate:down\nDROP TABLE app.u;"});
    const auto found = verify();
    EXPECT_EQ(exit_code, 1);
    EXPECT_EQ(verdicts(found), (Words{"down-failed", "restored"}));
    EXPECT_EQ(found.at("round_trip").at("halts").at(0).at("revision"), "abc01");
}

TEST_F(StairwayTest, a_role_that_stays_behind_is_seen) {
    history({"CREATE ROLE haetae_left;\nCREATE TABLE app.t (a int);\n-- migrate:down\nDROP TABLE app.t;"});
    const auto found = verify();
    EXPECT_EQ(exit_code, 1);
    EXPECT_NE(difference(found, 0).find("haetae_left"), std::string::npos) << difference(found, 0);
}

TEST_F(StairwayTest, only_the_named_revisions_are_verified) {
    history({"CREATE TABLE app.t (a int);\n-- migrate:down\nSELECT 1;",
             "CREATE TABLE app.u (a int);\n-- migrate:down\nDROP TABLE app.u;"});
    const auto found = verify({"abc02"});
    EXPECT_EQ(exit_code, 0) << said;
    EXPECT_EQ(verdicts(found), (Words{"restored"}));
}

TEST_F(StairwayTest, a_role_that_no_revision_makes_can_be_declared) {
    history({"CREATE TABLE app.t (a int);\nGRANT SELECT ON app.t TO reporting;\n-- migrate:down\nDROP TABLE app.t;"});
    auto found = verify();
    EXPECT_EQ(exit_code, 1);
    EXPECT_EQ(found.at("revisions").at(0).at("error").at("code"), "HT0671");
    project.write("haetae.toml", "[domain.app]\n\n[sandbox]\nroles = [\"reporting\"]\n");
    verify();
    EXPECT_EQ(exit_code, 0) << said;
}

TEST_F(StairwayTest, a_revision_of_another_domain_that_is_depended_on_comes_first) {
    project.write("haetae.toml", "[domain.app]\n\n[domain.shop]\ndepends_on = [\"app\"]\n");
    history({"CREATE TABLE app.t (a int PRIMARY KEY);\n-- migrate:down\nDROP TABLE app.t;"});
    project.revision("shop", "def01", "",
                     "-- migrate:up\nCREATE TABLE shop.u (a int REFERENCES app.t);\n-- migrate:down\nDROP TABLE "
                     "shop.u;",
                     "-- Depends on: app:abc01\n");
    const auto found = verify({"-d", "shop"});
    EXPECT_EQ(exit_code, 0) << said;
    EXPECT_EQ(verdicts(found), (Words{"restored"}));
}

}  // namespace
}  // namespace haetae::prove
