// SPDX-License-Identifier: Apache-2.0
// The wall clock and how times are written. Only verbs ask for the time; everything below takes it as a parameter.
#pragma once

#include <chrono>
#include <string>

namespace haetae::os {

using Time = std::chrono::system_clock::time_point;

[[nodiscard]] Time now();

/// As a revision file's Create Date, in UTC: `2026-11-22 10:00:00+00:00`.
[[nodiscard]] std::string written_time(Time time);

/// The day in UTC, as the names of revision files begin: `20261122`.
[[nodiscard]] std::string written_day(Time time);

/// For people: `840 ms`, `2.4 s`, `3 min 5 s`, `2 h 3 min`.
[[nodiscard]] std::string written_duration(std::chrono::milliseconds duration);

}  // namespace haetae::os
