// SPDX-License-Identifier: Apache-2.0
// Where a TOML text holds letters beyond ASCII outside strings and comments. TOML allows none there, and toml++ 3.3
// does not refuse them all: for many, É and か among them, its table of blanks runs into __builtin_unreachable().
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace haetae::project {

/// The offset of the first byte of such a letter, or of one that follows a line-ending backslash (allowed, but the same
/// defect); absent when there is none up to the first string that is not closed.
std::optional<std::size_t> find_stray_letter(std::string_view toml);

}  // namespace haetae::project
