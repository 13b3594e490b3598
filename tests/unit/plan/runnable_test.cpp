// SPDX-License-Identifier: Apache-2.0
// What is refused before anything runs, as a table.
#include "plan/runnable.hpp"

#include <gtest/gtest.h>

namespace haetae::plan {
namespace {

settings::Settings project() {
    settings::Settings settings;
    settings.domains = {
        {.name = graph::DomainName("users"),
         .folder = "migrations/users",
         .schema = "users",
         .version_schema = "users"},
        {.name = graph::DomainName("shop"), .folder = "migrations/shop", .schema = "shop", .version_schema = "books"}};
    return settings;
}

base::Status judged(const std::string& domain, const std::string& text, Direction direction) {
    const graph::Revision revision{
        .domain = graph::DomainName(domain), .id = graph::RevisionId("a1"), .file = "a1.sql"};
    const auto parts = revisions::cut_parts(text, "a1.sql");
    if (!parts) return parts.error();
    return check_runnable(project(), revision, *parts, direction);
}

TEST(Runnable, refuses_what_would_fail_half_way_or_take_the_ground_from_under_the_books) {
    struct Case {
        std::string domain;
        std::string up;
        std::string code;  ///< "" = may run
    };
    const std::vector<Case> cases{
        {"users", "CREATE TABLE t (n int); CREATE INDEX CONCURRENTLY i ON t (n)", ""},
        {"users", "CREATE INDEX ON t (n)", ""},
        {"users", "CREATE INDEX CONCURRENTLY ON t (n)", "HT0617"},
        {"users", "CREATE SCHEMA users", "HT0618"},
        {"users", "CREATE SCHEMA \"users\"", "HT0618"},
        {"users", "CREATE SCHEMA IF NOT EXISTS users", ""},
        {"users", "CREATE SCHEMA other", ""},
        {"shop", "CREATE SCHEMA books", "HT0618"},
        {"users", "DROP SCHEMA users CASCADE", "HT0619"},
        {"users", "DROP SCHEMA IF EXISTS other, users", "HT0619"},
        {"users", "DROP SCHEMA books", "HT0619"},
        {"shop", "DROP SCHEMA shop", ""},
        {"users", "DROP SCHEMA haetae", "HT0619"},
    };
    for (const auto& [domain, up, code] : cases) {
        const auto status = judged(domain, "-- migrate:up\n" + up, Direction::up);
        EXPECT_EQ(status ? "" : status.error().code, code) << up;
        if (!status) {
            EXPECT_EQ(status.error().span->line, 2U);
        }
    }
}

TEST(Runnable, a_backfill_is_refused_upward_only) {
    const std::string text = "-- migrate:up\n-- migrate:backfill\nUPDATE t SET n = 1;\n-- migrate:down\nSELECT 1";
    EXPECT_EQ(judged("users", text, Direction::up).error().code, "HT0616");
    EXPECT_TRUE(judged("users", text, Direction::down));
}

TEST(Runnable, what_cannot_be_undone_says_why) {
    const auto none = judged("users", "-- migrate:up\nSELECT 1", Direction::down);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, "HT0622");
    const auto reason =
        judged("users", "-- migrate:up\n-- migrate:irreversible reason=\"rows are gone\"", Direction::down);
    ASSERT_FALSE(reason);
    EXPECT_EQ(reason.error().sentence, "revision a1 of domain users cannot be undone: rows are gone");
}

}  // namespace
}  // namespace haetae::plan
