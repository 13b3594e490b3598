// SPDX-License-Identifier: Apache-2.0
// Durations as PostgreSQL writes them.
#include "settings/duration.hpp"

#include <gtest/gtest.h>

namespace haetae::settings {
namespace {

TEST(Duration, ReadsNumberAndUnit) {
    const std::pair<const char*, long> table[] = {
        {"3s", 3000},
        {"500ms", 500},
        {"5min", 300000},
        {"2h", 7200000},
        {"1d", 86400000},
        {"0", 0},
        {"0s", 0},
        {"0.0", 0},
        {" 10 s ", 10000},
        {"1.5s", 1500},
        {"0.1s", 100},
        {"1500us", 2},
        {"1us", 1},
        {"0.4ms", 1},
        {"00003s", 3000},
        {"0.5min", 30000},
        {"2147483647ms", 2147483647},
        {"24d", 2073600000},
    };
    for (const auto& [text, milliseconds] : table) {
        const auto duration = parse_duration(text);
        ASSERT_TRUE(duration.ok()) << text;
        EXPECT_EQ(duration->count(), milliseconds) << text;
    }
}

TEST(Duration, RefusesOtherTexts) {
    for (const char* text :
         {"",     " ",   "3",  "s",   "-1s", "3S",           "3 sec", "3m",          "1e3s",          "3s3s",
          "0x3s", ".5s", "3.", "3.s", "∞",   "2147483648ms", "25d",   "9999999999d", "99999999999ms", "1w"}) {
        const auto duration = parse_duration(text);
        ASSERT_FALSE(duration.ok()) << text;
        EXPECT_EQ(duration.error().code, "HT0305");
        EXPECT_NE(duration.error().hint.find("\"3s\""), std::string::npos);
    }
}

TEST(Duration, IsWrittenInItsLargestUnit) {
    EXPECT_EQ(to_text(std::chrono::milliseconds(0)), "0");
    EXPECT_EQ(to_text(std::chrono::milliseconds(1500)), "1500ms");
    EXPECT_EQ(to_text(std::chrono::milliseconds(3000)), "3s");
    EXPECT_EQ(to_text(std::chrono::milliseconds(900000)), "15min");
    EXPECT_EQ(to_text(std::chrono::milliseconds(86400000)), "1d");
}

}  // namespace
}  // namespace haetae::settings
