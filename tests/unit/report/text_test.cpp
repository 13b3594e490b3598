// SPDX-License-Identifier: Apache-2.0
// Reports as people read them.
#include "report/text.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "report_fixture.hpp"

namespace haetae::report {
namespace {

using outcome::RevisionRow;

std::vector<RevisionRow> newest_first() {
    auto rows = example_rows();
    std::reverse(rows.begin(), rows.end());
    return rows;
}

RevisionRow row(const char* id) {
    for (const auto& candidate : example_rows()) {
        if (candidate.id.text() == id) return candidate;
    }
    return {};
}

std::string shown(const std::string& text) {
    return "\n" + text;
}

TEST(Text, history_is_a_table_that_stays_aligned_with_korean_messages) {
    EXPECT_EQ(shown(history_text(newest_first(), {}, false)), R"(
DOMAIN     REVISION  REVISES  DEPENDS ON    MESSAGE
character  dddd04    <base>   users:aaaa01  create characters (head)
users      cccc03    aaaa01                 phone (head)
users      bbbb02    aaaa01                 이메일 추가 (head) [mail]
users      aaaa01    <base>                 create accounts (branchpoint)
)");
}

TEST(Text, history_marks_where_the_database_stands) {
    const std::vector<outcome::RevisionName> current{{.domain = row("aaaa01").domain, .id = row("aaaa01").id}};
    const auto text = history_text(newest_first(), current, false);
    EXPECT_NE(text.find("create accounts (current) (branchpoint)\n"), std::string::npos) << text;
}

TEST(Text, a_column_without_anything_to_say_is_left_out) {
    const std::vector<RevisionRow> rows{row("cccc03")};
    EXPECT_EQ(shown(heads_text(rows, false)), R"(
DOMAIN  HEAD    MESSAGE
users   cccc03  phone
)");
}

TEST(Text, verbose_uses_the_words_of_the_header) {
    const std::vector<RevisionRow> rows{row("bbbb02"), row("dddd04")};
    EXPECT_EQ(shown(heads_text(rows, true)), R"(
Revision ID: bbbb02 (head) [mail]
Domain: users
Revises: aaaa01
Phase: expand
File: migrations/users/versions/2.sql

    이메일 추가

Revision ID: dddd04 (head)
Domain: character
Revises: <base>
Depends on: users:aaaa01
File: migrations/character/versions/1.sql

    create characters
)");
}

TEST(Text, branches_name_the_point_and_what_follows) {
    const std::vector<outcome::Branch> branches{{.point = row("aaaa01"), .children = {row("bbbb02"), row("cccc03")}}};
    EXPECT_EQ(shown(branches_text(branches, false)), R"(
users:aaaa01 (branchpoint) create accounts
  -> users:bbbb02 (head) [mail] 이메일 추가
  -> users:cccc03 (head) phone
)");
}

std::vector<outcome::DomainStatus> statuses() {
    return {{.domain = graph::DomainName("users"),
             .heads = {row("bbbb02"), row("cccc03")},
             .current = {row("aaaa01")},
             .pending = {row("bbbb02"), row("cccc03")},
             .in_progress = {{.id = row("bbbb02").id, .direction = "up"}}},
            {.domain = graph::DomainName("character"), .deprecated = true, .heads = {row("dddd04")}}};
}

TEST(Text, status_is_a_line_a_domain) {
    EXPECT_EQ(shown(status_text(statuses())), R"(
DOMAIN                  HEAD            CURRENT  PENDING  IN PROGRESS
users                   bbbb02, cccc03  aaaa01   2        bbbb02 (up)
character (deprecated)  dddd04          -        0
)");
}

TEST(Text, current_shows_what_is_applied_and_what_is_under_way) {
    EXPECT_EQ(shown(current_text(statuses(), false)), R"(
DOMAIN     CURRENT  MESSAGE
users      aaaa01   create accounts
users      bbbb02   (in progress: up)
character  -
)");
}

outcome::PlannedStep step() {
    return {.row = row("bbbb02"),
            .version_table = "users.alembic_version",
            .from = {graph::RevisionId("aaaa01")},
            .to = {graph::RevisionId("bbbb02")},
            .part = {.groups = {
                         {.statements = {{.sql = "ALTER TABLE users.accounts\n    ADD COLUMN mail text", .line = 9}}},
                         {.transactional = false,
                          .statements = {{.sql = "CREATE INDEX CONCURRENTLY ON users.accounts (mail)", .line = 12}}}}}};
}

TEST(Text, a_plan_shows_statements_under_their_transactions) {
    EXPECT_EQ(shown(plan_text({.steps = {step()}})), R"(
1. up users:bbbb02 이메일 추가
  migrations/users/versions/2.sql
  users.alembic_version: aaaa01 -> bbbb02
  in one transaction:
    line 9:
        ALTER TABLE users.accounts
            ADD COLUMN mail text;
  outside a transaction:
    line 12:
        CREATE INDEX CONCURRENTLY ON users.accounts (mail);
)");
}

TEST(Text, a_step_down_that_cannot_be_undone_says_why) {
    auto down = step();
    down.is_up = false;
    down.part = {};
    down.irreversible = "the column is gone";
    std::swap(down.from, down.to);
    EXPECT_EQ(shown(plan_text({.is_up = false, .steps = {down}})), R"(
1. down users:bbbb02 이메일 추가
  migrations/users/versions/2.sql
  users.alembic_version: bbbb02 -> aaaa01
  irreversible: the column is gone
)");
}

TEST(Text, show_puts_the_neighbours_into_the_header) {
    const std::vector<outcome::RevisionDetail> details{
        {.row = row("aaaa01"),
         .children = {graph::RevisionId("bbbb02"), graph::RevisionId("cccc03")},
         .dependents = {{.domain = graph::DomainName("character"), .id = graph::RevisionId("dddd04")}},
         .extra = {{"X-Ticket", "42"}},
         .up = {.groups = {{.statements = {{.sql = "CREATE TABLE users.accounts ()", .line = 6}}}}},
         .irreversible_reason = "data"}};
    EXPECT_EQ(shown(show_text(details)), R"(
Revision ID: aaaa01 (branchpoint)
Domain: users
Revises: <base>
Create Date: 2026-11-22 10:00:00+00:00
File: migrations/users/versions/1.sql
Revised by: bbbb02, cccc03
Needed by: character:dddd04
X-Ticket: 42

    create accounts

up
  in one transaction:
    line 6:
        CREATE TABLE users.accounts ();

irreversible: data
)");
}

TEST(Text, nothing_to_show_is_no_text) {
    EXPECT_EQ(heads_text({}, false), "");
    EXPECT_EQ(plan_text({}), "");
    EXPECT_EQ(show_text({}), "");
}

}  // namespace
}  // namespace haetae::report
