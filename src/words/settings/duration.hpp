// SPDX-License-Identifier: Apache-2.0
// Durations as PostgreSQL writes them (manual, 20.1.1): a number and a unit, "3s", "1.5 min". A bare number is refused
// but for 0, because PostgreSQL reads it as milliseconds for one setting and as seconds for the next.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace haetae::settings {

/// Units: us, ms, s, min, h, d. "0" means no limit. Rounded to the millisecond, but never down to 0.
/// Error: HT0305 with a help line, without a span: not a duration, negative, or above PostgreSQL's limit of
/// 2147483647 ms.
base::Result<std::chrono::milliseconds> parse_duration(std::string_view text);

/// The same in the largest unit that divides it: "3s", "1500ms", "0".
std::string to_text(std::chrono::milliseconds duration);

}  // namespace haetae::settings
