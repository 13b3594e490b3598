// SPDX-License-Identifier: Apache-2.0
// From "failed at character 812" or "the seventh statement" back to a statement of the file.
#include "execute/message.hpp"

#include <gtest/gtest.h>

namespace haetae::execute {
namespace {

Message message() {
    Message text;
    text.ours("BEGIN");
    text.statement({.sql = "SELECT '한국어', nope"}, 3);
    text.statement({.sql = "INSERT INTO \"등급\" VALUES (x)"}, 4);
    text.ours("COMMIT");
    return text;
}

/// "statement+offset", or "ours".
std::string place(const Message& text, std::size_t completed, std::size_t position) {
    const auto found = text.place(completed, position);
    return found ? std::to_string(found->statement) + "+" + std::to_string(found->offset) : "ours";
}

/// The position that PostgreSQL gives for `what`: characters from 1.
std::size_t position_of(const std::string& text, const std::string& what) {
    const auto bytes = text.find(what);
    std::size_t characters = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        characters += (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U ? 1 : 0;
    return characters + 1;
}

TEST(Message, a_position_leads_to_the_statement_and_the_byte_in_it) {
    const auto text = message();
    EXPECT_EQ(place(text, 0, position_of(text.text(), "nope")), "3+20");
    EXPECT_EQ(place(text, 0, position_of(text.text(), "\"등급\"")), "4+12");
    EXPECT_EQ(place(text, 0, position_of(text.text(), "INSERT")), "4+0");
    EXPECT_EQ(place(text, 0, 1), "ours");
    EXPECT_EQ(place(text, 0, position_of(text.text(), "COMMIT")), "ours");
}

TEST(Message, without_a_position_the_number_of_completed_statements_tells) {
    const auto text = message();
    EXPECT_EQ(place(text, 0, 0), "ours");
    EXPECT_EQ(place(text, 1, 0), "3+0");
    EXPECT_EQ(place(text, 2, 0), "4+0");
    EXPECT_EQ(place(text, 3, 0), "ours");
    EXPECT_EQ(place(text, 99, 0), "ours");
}

TEST(Message, knows_whether_the_revision_had_begun) {
    const auto text = message();
    EXPECT_FALSE(text.has_begun(0));
    EXPECT_FALSE(text.has_begun(1));
    EXPECT_TRUE(text.has_begun(2));
    EXPECT_TRUE(text.has_begun(99));
}

TEST(Message, a_check_says_what_it_means_when_it_fails) {
    auto text = message();
    text.check("SELECT 1 / count(*) FROM t", "the row is gone");
    EXPECT_EQ(text.broken_check(3), std::nullopt);
    EXPECT_EQ(text.broken_check(4), "the row is gone");
    EXPECT_EQ(text.broken_check(5), std::nullopt);
    EXPECT_EQ(place(text, 4, 0), "ours");
}

}  // namespace
}  // namespace haetae::execute
