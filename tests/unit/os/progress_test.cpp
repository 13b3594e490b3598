// SPDX-License-Identifier: Apache-2.0
// The line that shows how far work has come.
#include "os/progress.hpp"

#include <gtest/gtest.h>

#include "os/terminal.hpp"

namespace haetae::os {
namespace {

TEST(ProgressBar, fills_with_the_share_that_is_done) {
    EXPECT_EQ(progress_bar({0, 12, "users"}, 80), "[....................]  0/12 users");
    EXPECT_EQ(progress_bar({6, 12, "users"}, 80), "[##########..........]  6/12 users");
    EXPECT_EQ(progress_bar({12, 12, "users"}, 80), "[####################] 12/12 users");
}

TEST(ProgressBar, never_claims_more_than_everything) {
    EXPECT_EQ(progress_bar({13, 12, "users"}, 80), progress_bar({12, 12, "users"}, 80));
}

TEST(ProgressBar, stays_within_the_terminal) {
    EXPECT_LE(display_width(progress_bar({1, 2, "계정 테이블을 만든다"}, 38)), 38U);
}

TEST(ProgressBar, counts_where_the_end_is_not_known) {
    EXPECT_EQ(progress_bar({5000, 0, "rows"}, 80), "5000 rows");
}

TEST(ProgressLine, is_one_line_for_a_log) {
    EXPECT_EQ(progress_line({3, 12, "users 9f3c"}), "[3/12] users 9f3c");
    EXPECT_EQ(progress_line({5000, 0, "rows"}), "[5000] rows");
}

}  // namespace
}  // namespace haetae::os
