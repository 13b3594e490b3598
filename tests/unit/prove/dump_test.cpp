// SPDX-License-Identifier: Apache-2.0
// What counts as a difference between two texts of pg_dump, and what is noise.
#include "prove/dump.hpp"

#include <gtest/gtest.h>

namespace haetae::prove {
namespace {

std::string table(const std::string& columns) {
    return "--\n-- Name: t; Type: TABLE; Schema: s; Owner: o\n--\n\nCREATE TABLE s.t (\n" + columns + ");\n";
}

TEST(DumpTest, the_same_text_makes_no_difference) {
    const auto entries = dump_entries(table("    a integer\n"));
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].title, "TABLE s.t");
    EXPECT_EQ(contrast(entries, entries).text, "");
    EXPECT_FALSE(contrast(entries, entries).only_order);
}

TEST(DumpTest, columns_in_another_order_are_only_an_order) {
    const auto found = contrast(dump_entries(table("    a integer,\n    b integer\n")),
                                dump_entries(table("    b integer,\n    a integer\n")));
    EXPECT_FALSE(found.text.empty());
    EXPECT_TRUE(found.only_order);
}

TEST(DumpTest, a_line_that_differs_is_shown_on_both_sides) {
    const auto found =
        contrast(dump_entries(table("    a integer\n")), dump_entries(table("    a integer DEFAULT 1\n")));
    EXPECT_EQ(found.text, "- TABLE s.t: a integer\n+ TABLE s.t: a integer DEFAULT 1\n");
    EXPECT_FALSE(found.only_order);
}

TEST(DumpTest, an_entry_that_only_one_has_is_named) {
    const auto entries = dump_entries(table("    a integer\n"));
    EXPECT_EQ(contrast(entries, {}).text, "- TABLE s.t\n");
    EXPECT_EQ(contrast({}, entries).text, "+ TABLE s.t\n");
    EXPECT_FALSE(contrast({}, entries).only_order);
}

TEST(DumpTest, a_line_of_nothing_but_blanks_can_differ) {
    const auto found = contrast(dump_entries(table("    a integer\n")), dump_entries(table("    a integer\n   \n")));
    EXPECT_EQ(found.text, "+ TABLE s.t: \n");
}

TEST(DumpTest, random_keys_and_marks_of_the_server_are_no_difference) {
    const auto plain = dump_entries(table("    a integer\n"));
    const auto marked = dump_entries("\\restrict abc\n" + table("    a integer\n") +
                                     "ALTER TABLE ONLY s.t ALTER COLUMN a SET (pg_attver=2);\n\\unrestrict abc\n");
    EXPECT_EQ(contrast(plain, marked).text, "");
}

}  // namespace
}  // namespace haetae::prove
