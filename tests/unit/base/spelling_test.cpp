// SPDX-License-Identifier: Apache-2.0
// Distances, and when no word is near enough to be meant.
#include "base/spelling.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace haetae::base {
namespace {

TEST(Spelling, CountsInsertedDeletedAndReplacedLetters) {
    EXPECT_EQ(edit_distance("", ""), 0U);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
    EXPECT_EQ(edit_distance("abc", ""), 3U);
}

TEST(Spelling, FindsTheNearestWordOrNone) {
    constexpr std::array<std::string_view, 3> words{"depends_on", "deprecated", "desired"};
    EXPECT_EQ(nearest_word("depend_on", words), "depends_on");
    EXPECT_EQ(nearest_word("Depends-On", words), "depends_on");
    EXPECT_EQ(nearest_word("colour", words), "");
    EXPECT_EQ(nearest_word(std::string(100000, 'd'), words), "");
}

}  // namespace
}  // namespace haetae::base
