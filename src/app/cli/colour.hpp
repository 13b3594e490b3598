// SPDX-License-Identifier: Apache-2.0
// The few colours of messages on a terminal.
#pragma once

#include <string>
#include <string_view>

namespace haetae::cli {

enum class Colour { bold, red, yellow, blue, green };

/// `text` in a colour, or as it is where colour is off.
std::string painted(std::string_view text, Colour colour, bool on);

}  // namespace haetae::cli
