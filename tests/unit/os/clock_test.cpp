// SPDX-License-Identifier: Apache-2.0
// Times as revision files and people read them.
#include "os/clock.hpp"

#include <gtest/gtest.h>

namespace haetae::os {
namespace {

using std::chrono::milliseconds;

TEST(WrittenTime, is_utc_with_its_offset) {
    const Time time = std::chrono::system_clock::from_time_t(1'795'341'600);
    EXPECT_EQ(written_time(time), "2026-11-22 10:00:00+00:00");
    EXPECT_EQ(written_day(time), "20261122");
}

TEST(WrittenDuration, changes_its_unit_with_its_size) {
    EXPECT_EQ(written_duration(milliseconds(0)), "0 ms");
    EXPECT_EQ(written_duration(milliseconds(999)), "999 ms");
    EXPECT_EQ(written_duration(milliseconds(2499)), "2.4 s");
    EXPECT_EQ(written_duration(milliseconds(60'000)), "1 min 0 s");
    EXPECT_EQ(written_duration(milliseconds(7'384'000)), "2 h 3 min");
}

}  // namespace
}  // namespace haetae::os
