// SPDX-License-Identifier: Apache-2.0
// The documents that scripts rely on, to the byte: a key that is renamed or moved shows here.
#include "report/json.hpp"

#include <gtest/gtest.h>

#include "report_fixture.hpp"

namespace haetae::report {
namespace {

using outcome::RevisionRow;

std::vector<RevisionRow> only(const char* id) {
    std::vector<RevisionRow> rows = example_rows();
    std::erase_if(rows, [&](const RevisionRow& row) { return row.id.text() != id; });
    return rows;
}

std::string shown(const std::string& text) {
    return "\n" + text;
}

TEST(Json, heads) {
    EXPECT_EQ(shown(heads_json(only("bbbb02"))), R"(
[
  {
    "domain": "users",
    "revision": "bbbb02",
    "labels": [
      "mail"
    ],
    "effective": false
  }
]
)");
}

TEST(Json, history_names_dependencies_on_other_domains_with_their_domain) {
    EXPECT_EQ(shown(history_json(only("dddd04"))), R"(
[
  {
    "domain": "character",
    "revision": "dddd04",
    "revises": [],
    "depends_on": [
      "users:aaaa01"
    ],
    "labels": [],
    "message": "create characters",
    "created": "",
    "file": "migrations/character/versions/1.sql"
  }
]
)");
}

TEST(Json, history_says_where_the_database_stands_only_when_one_was_asked) {
    EXPECT_EQ(history_json(only("bbbb02")).find("current"), std::string::npos);
    const auto row = only("bbbb02").front();
    const std::vector<outcome::RevisionName> current{{.domain = row.domain, .id = row.id}};
    EXPECT_NE(history_json(only("bbbb02"), current).find("\"current\": true"), std::string::npos);
    EXPECT_NE(history_json(only("cccc03"), current).find("\"current\": false"), std::string::npos);
}

TEST(Json, current_and_status_have_no_rows_for_what_is_not_applied) {
    const std::vector<outcome::DomainStatus> statuses{
        {.domain = graph::DomainName("users"), .heads = only("bbbb02"), .pending = only("bbbb02")}};
    EXPECT_EQ(current_json(statuses), "[]\n");
    EXPECT_EQ(shown(status_json(statuses)), R"(
{
  "domains": [
    {
      "domain": "users",
      "deprecated": false,
      "heads": [
        "bbbb02"
      ],
      "current": [],
      "pending": [
        "bbbb02"
      ],
      "in_progress": []
    }
  ],
  "pending": 1,
  "at_heads": false
}
)");
}

TEST(Json, a_plan_has_its_steps_in_order_with_their_statements) {
    const outcome::PlannedStep step{
        .row = only("bbbb02").front(),
        .version_table = "users.alembic_version",
        .from = {graph::RevisionId("aaaa01")},
        .to = {graph::RevisionId("bbbb02")},
        .part = {.groups = {{.statements = {{.sql = "SELECT 'ㄱ\"'", .line = 9}}},
                            {.transactional = false, .statements = {{.sql = "VACUUM", .line = 10}}}}}};
    EXPECT_EQ(shown(plan_json({.steps = {step}})), R"(
{
  "direction": "up",
  "steps": [
    {
      "domain": "users",
      "revision": "bbbb02",
      "direction": "up",
      "message": "이메일 추가",
      "file": "migrations/users/versions/2.sql",
      "from": [
        "aaaa01"
      ],
      "to": [
        "bbbb02"
      ],
      "transaction": false,
      "phase": "expand",
      "statements": [
        {
          "sql": "SELECT 'ㄱ\"'",
          "line": 9,
          "segment": 1,
          "transaction": true
        },
        {
          "sql": "VACUUM",
          "line": 10,
          "segment": 2,
          "transaction": false
        }
      ]
    }
  ]
}
)");
}

TEST(Json, a_plan_does_not_speak_of_locks_rewrites_or_findings_that_are_not_known) {
    const auto text = plan_json({.steps = {{.row = only("bbbb02").front(), .part = {.groups = {{}}}}}});
    for (const char* key : {"locks", "rewrites", "findings"}) EXPECT_EQ(text.find(key), std::string::npos) << key;
}

TEST(Json, an_empty_plan_is_a_document) {
    EXPECT_EQ(shown(plan_json({.is_up = false})), R"(
{
  "direction": "down",
  "steps": []
}
)");
}

TEST(Json, the_graph_has_an_edge_a_parent_and_an_edge_a_dependency) {
    const std::vector<graph::DomainName> domains{graph::DomainName("character")};
    const auto text = graph_json(domains, only("dddd04"));
    EXPECT_NE(text.find(R"("edges": [
    {
      "from": {
        "domain": "users",
        "revision": "aaaa01"
      },
      "to": {
        "domain": "character",
        "revision": "dddd04"
      },
      "kind": "depends_on"
    }
  ])"),
              std::string::npos)
        << text;
}

TEST(Json, show_has_either_a_way_down_or_the_reason_why_not) {
    outcome::RevisionDetail detail{.row = only("cccc03").front(), .down = outcome::PartText{.groups = {{}}}};
    EXPECT_NE(show_json(std::vector{detail}).find("\"down\": {\n      \"transaction\": true"), std::string::npos);
    detail.down.reset();
    detail.irreversible_reason = "why not";
    const auto text = show_json(std::vector{detail});
    EXPECT_EQ(text.find("\"down\""), std::string::npos);
    EXPECT_NE(text.find("\"irreversible\": \"why not\""), std::string::npos) << text;
}

}  // namespace
}  // namespace haetae::report
