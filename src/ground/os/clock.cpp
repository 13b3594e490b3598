// SPDX-License-Identifier: Apache-2.0
// UTC throughout: the machine's time zone never reaches a file.
#include "os/clock.hpp"

#include <fmt/format.h>

#include <ctime>

namespace haetae::os {

namespace {

std::tm broken_down(Time time) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm fields{};
    ::gmtime_r(&seconds, &fields);
    return fields;
}

}  // namespace

Time now() {
    return std::chrono::system_clock::now();
}

std::string written_time(Time time) {
    const std::tm at = broken_down(time);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}+00:00", at.tm_year + 1900, at.tm_mon + 1, at.tm_mday,
                       at.tm_hour, at.tm_min, at.tm_sec);
}

std::string written_day(Time time) {
    const std::tm at = broken_down(time);
    return fmt::format("{:04}{:02}{:02}", at.tm_year + 1900, at.tm_mon + 1, at.tm_mday);
}

std::string written_duration(std::chrono::milliseconds duration) {
    const auto ms = duration.count();
    if (ms < 1000) return fmt::format("{} ms", ms);
    if (ms < 60'000) return fmt::format("{}.{} s", ms / 1000, ms % 1000 / 100);
    if (ms < 3'600'000) return fmt::format("{} min {} s", ms / 60'000, ms % 60'000 / 1000);
    return fmt::format("{} h {} min", ms / 3'600'000, ms % 3'600'000 / 60'000);
}

}  // namespace haetae::os
