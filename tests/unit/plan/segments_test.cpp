// SPDX-License-Identifier: Apache-2.0
// How parts are cut for running, as a table of statements and modes.
#include "plan/segments.hpp"

#include <gtest/gtest.h>

namespace haetae::plan {
namespace {

/// "2 1! 3": two statements in a transaction, one alone outside, three in a transaction.
std::string cut(const std::string& options, const std::string& sql, std::size_t first = 0) {
    const auto parts = revisions::cut_parts("-- migrate:up" + options + "\n" + sql, "f.sql");
    if (!parts) return parts.error().code;
    std::string text;
    std::size_t next = first;
    for (const auto& segment : cut_segments(parts->up, first)) {
        EXPECT_EQ(segment.first, next) << "segments follow each other";
        next += segment.count;
        text += (text.empty() ? "" : " ") + std::to_string(segment.count) + (segment.transactional ? "" : "!");
    }
    EXPECT_EQ(next, parts->up.statements.size());
    EXPECT_TRUE(first > 0 || is_one_transaction(parts->up) == (text.find_first_of(" !") == std::string::npos));
    return text;
}

TEST(Segments, follow_from_the_statements_and_the_mode) {
    const std::string cic = "CREATE INDEX CONCURRENTLY i ON t (n);";
    struct Case {
        std::string options;
        std::string sql;
        std::string segments;
    };
    const std::vector<Case> cases{
        {"", "", "0"},
        {" transaction=off", "", "0"},
        {"", "SELECT 1; SELECT 2; SELECT 3", "3"},
        {" transaction=on", "SELECT 1; SELECT 2", "2"},
        {" transaction=on", cic, "HT0215"},
        {"", cic, "1!"},
        {"", "SELECT 1; SELECT 2;" + cic + "SELECT 3", "2 1! 1"},
        {"", cic + "VACUUM t; SELECT 1; SELECT 2", "1! 1! 2"},
        {"", "SELECT 1;" + cic, "1 1!"},
        {" transaction=off", "SELECT 1; SELECT 2;" + cic + "DO 'BEGIN COMMIT; END'", "1 1 1! 1"},
        {"", "ALTER TYPE e ADD VALUE 'x'; DROP INDEX CONCURRENTLY i; REINDEX TABLE t", "1 1! 1"},
    };
    for (const auto& [options, sql, segments] : cases) EXPECT_EQ(cut(options, sql), segments) << options << sql;
}

TEST(Segments, start_where_an_earlier_run_has_stopped) {
    const std::string sql = "SELECT 1; SELECT 2; VACUUM t; SELECT 3";
    EXPECT_EQ(cut("", sql, 1), "1 1! 1");
    EXPECT_EQ(cut("", sql, 3), "1");
    EXPECT_EQ(cut("", sql, 4), "0") << "what is left is the version row";
}

}  // namespace
}  // namespace haetae::plan
