// SPDX-License-Identifier: Apache-2.0
// The nearest name: what typing errors it sees through, and where it keeps silent.
#include "base/nearest.hpp"

#include <gtest/gtest.h>

#include <array>

namespace haetae::base {
namespace {

constexpr std::array<std::string_view, 5> verbs{"upgrade", "downgrade", "history", "heads", "show"};

TEST(Nearest, sees_through_a_swapped_pair_a_missing_and_a_doubled_letter) {
    EXPECT_EQ(nearest("upgarde", verbs), "upgrade");
    EXPECT_EQ(nearest("histry", verbs), "history");
    EXPECT_EQ(nearest("headss", verbs), "heads");
}

TEST(Nearest, does_not_mind_case) {
    EXPECT_EQ(nearest("UPGRADE", verbs), "upgrade");
}

TEST(Nearest, counts_a_swapped_pair_as_one_step) {
    EXPECT_EQ(nearest("ba", std::array<std::string_view, 1>{"ab"}), "ab");
}

TEST(Nearest, keeps_silent_where_nothing_is_near) {
    EXPECT_EQ(nearest("deploy", verbs), std::nullopt);
    EXPECT_EQ(nearest("", verbs), std::nullopt);
    EXPECT_EQ(nearest("x", {}), std::nullopt);
}

TEST(Nearest, takes_the_first_of_equals) {
    EXPECT_EQ(nearest("heat", std::array<std::string_view, 2>{"head", "heap"}), "head");
}

TEST(Nearest, does_not_measure_a_novel) {
    EXPECT_EQ(nearest(std::string(1'000'000, 'u'), verbs), std::nullopt);
}

}  // namespace
}  // namespace haetae::base
