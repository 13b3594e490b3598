// SPDX-License-Identifier: Apache-2.0
// Plans as scripts for psql: what is checked first, what stands in which transaction.
#include "plan/script.hpp"

#include <gtest/gtest.h>

namespace haetae::plan {
namespace {

const settings::Domain domain{.name = graph::DomainName("game"),
                              .folder = "migrations/game",
                              .schema = "game",
                              .version_schema = "books",
                              .search_path = "game, public"};

Script script(const std::string& part, Direction direction = Direction::up) {
    const auto parts = revisions::cut_parts("-- migrate:up" + part, "f.sql");
    ScriptStep step{.domain = domain,
                    .revision = graph::RevisionId("bb02"),
                    .message = "m",
                    .direction = direction,
                    .row_changes = {{.kind = RowChange::Kind::update,
                                     .from = graph::RevisionId("aa01"),
                                     .to = graph::RevisionId("bb02")}},
                    .part = parts ? parts->up : revisions::Part{}};
    return {.command = "upgrade head",
            .domains = {domain},
            .rows = {{domain.name, {graph::RevisionId("aa01")}}},
            .steps = {std::move(step)}};
}

/// The lines from the step's comment on that a reader looks for, in order, without the checks.
std::string outline(const std::string& text) {
    std::string lines;
    auto begin = text.find("\n-- up bb02");
    EXPECT_NE(begin, std::string::npos);
    for (++begin; begin < text.size();) {
        const auto end = text.find('\n', begin);
        const auto line = text.substr(begin, end - begin);
        for (const auto* word : {"BEGIN;", "COMMIT;", "SELECT 1", "VACUUM", "UPDATE \"books\"", "DO 'BEGIN COMMIT"}) {
            if (line.starts_with(word)) lines += (lines.empty() ? "" : " | ") + std::string(word);
        }
        begin = end + 1;
    }
    return lines;
}

TEST(Script, stops_before_it_changes_anything_where_the_rows_are_not_the_assumed_ones) {
    const auto text = script_text(script("\nSELECT 1"));
    EXPECT_EQ(text.find("-- haetae upgrade head\n"), 0U);
    EXPECT_NE(text.find("game at aa01"), std::string::npos);
    const auto stop = text.find("\\set ON_ERROR_STOP on");
    const auto check = text.find("this script starts from aa01 in domain game, but the database is at ");
    const auto making = text.find("CREATE SCHEMA \"books\"");
    ASSERT_NE(making, std::string::npos);
    EXPECT_LT(stop, check);
    EXPECT_LT(check, making);
    EXPECT_LT(making, text.find("-- up bb02"));
}

TEST(Script, puts_the_version_row_into_the_transaction_of_the_last_segment) {
    EXPECT_EQ(outline(script_text(script("\nSELECT 1; SELECT 1"))),
              "BEGIN; | UPDATE \"books\" | SELECT 1 | SELECT 1 | COMMIT;");
    EXPECT_EQ(outline(script_text(script("\nSELECT 1; VACUUM; SELECT 1"))),
              "BEGIN; | SELECT 1 | COMMIT; | VACUUM | BEGIN; | UPDATE \"books\" | SELECT 1 | COMMIT;");
    EXPECT_EQ(outline(script_text(script("\nSELECT 1; VACUUM"))),
              "BEGIN; | SELECT 1 | COMMIT; | VACUUM | BEGIN; | UPDATE \"books\" | COMMIT;");
}

TEST(Script, leaves_a_block_that_may_commit_by_itself_outside_a_transaction) {
    EXPECT_EQ(outline(script_text(script(" transaction=off\nSELECT 1; DO 'BEGIN COMMIT; END'"))),
              "BEGIN; | SELECT 1 | COMMIT; | DO 'BEGIN COMMIT | BEGIN; | UPDATE \"books\" | COMMIT;");
}

TEST(Script, sets_the_domains_search_path_and_puts_the_session_back) {
    const auto text = script_text(script("\nSELECT 1"));
    EXPECT_NE(text.find("SELECT set_config('search_path', 'game, public', true);"), std::string::npos);
    EXPECT_NE(text.find("RESET ROLE;\nCOMMIT;\nRESET ALL;"), std::string::npos);
}

TEST(Script, makes_nothing_on_the_way_down_and_says_when_there_is_nothing_to_do) {
    auto down = script("\nSELECT 1", Direction::down);
    EXPECT_EQ(script_text(down).find("CREATE SCHEMA"), std::string::npos);
    down.steps.clear();
    EXPECT_NE(script_text(down).find("-- There is nothing to do."), std::string::npos);
}

}  // namespace
}  // namespace haetae::plan
