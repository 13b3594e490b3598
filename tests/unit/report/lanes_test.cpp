// SPDX-License-Identifier: Apache-2.0
// Drawings of histories, as they stand on a terminal.
#include "report/lanes.hpp"

#include <gtest/gtest.h>

namespace haetae::report {
namespace {

using Nodes = std::vector<LaneNode>;

std::string drawn(const Nodes& nodes) {
    return "\n" + draw_lanes(nodes);
}

TEST(Lanes, a_line_of_revisions_is_one_lane_with_the_newest_above) {
    EXPECT_EQ(drawn({{{}, "a"}, {{0}, "b"}, {{1}, "c"}}), R"(
*  c
*  b
*  a
)");
}

TEST(Lanes, two_heads_join_where_history_parted) {
    EXPECT_EQ(drawn({{{}, "base"}, {{0}, "left1"}, {{1}, "left2"}, {{0}, "right1"}, {{3}, "right2"}}), R"(
*    right2
*    right1
| *  left2
| *  left1
|/
*    base
)");
}

TEST(Lanes, a_merge_opens_a_lane_and_its_branch_point_closes_it) {
    EXPECT_EQ(drawn({{{}, "base"}, {{0}, "left"}, {{0}, "right"}, {{1, 2}, "merge"}, {{3}, "after"}}), R"(
*    after
*    merge
|\
| *  right
* |  left
|/
*    base
)");
}

TEST(Lanes, a_merge_of_three) {
    EXPECT_EQ(drawn({{{}, "base"}, {{0}, "a"}, {{0}, "b"}, {{0}, "c"}, {{1, 2, 3}, "merge"}}), R"(
*      merge
|\ \
| | *  c
| * |  b
* | |  a
| |/
|/
*      base
)");
}

TEST(Lanes, a_lane_in_between_is_crossed) {
    // d waits in the middle while the outer two lanes join.
    EXPECT_EQ(drawn({{{}, "r"}, {{}, "base"}, {{0}, "d"}, {{1}, "a"}, {{1}, "c"}, {{3, 2, 4}, "merge"}}), R"(
*      merge
|\ \
| | *  c
| * |  d
| * |  r
|  /
* |  a
|/
*    base
)");
}

TEST(Lanes, roots_that_nothing_joins_stand_apart) {
    EXPECT_EQ(drawn({{{}, "a1"}, {{0}, "a2"}, {{}, "b1"}, {{2}, "b2"}}), R"(
*  b2
*  b1

*  a2
*  a1
)");
}

TEST(Lanes, a_root_that_ends_beside_a_lane_lets_the_lanes_to_its_right_move) {
    EXPECT_EQ(drawn({{{}, "root"}, {{}, "base"}, {{1}, "x"}, {{0, 2}, "merge"}}), R"(
*    merge
|\
| *  x
| *  base
*    root
)");
}

TEST(Lanes, nothing_is_drawn_of_nothing) {
    EXPECT_EQ(draw_lanes({}), "");
}

}  // namespace
}  // namespace haetae::report
