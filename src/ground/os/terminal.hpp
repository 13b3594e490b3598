// SPDX-License-Identifier: Apache-2.0
// What a terminal can show: whether a stream is one, how wide it is, and how many cells a text takes there (Korean,
// Chinese and Japanese characters and most emoji take two).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace haetae::os {

[[nodiscard]] bool is_terminal(int descriptor);

/// In cells; 80 where the system does not say.
[[nodiscard]] std::size_t terminal_width(int descriptor);

/// Cells that `utf8` takes: 2 for wide characters, 0 for combining ones and control characters, else 1.
[[nodiscard]] std::size_t display_width(std::string_view utf8);

/// The longest beginning of `utf8` that fits into `cells`; where something was cut, the last cell is an ellipsis.
[[nodiscard]] std::string cut_to_width(std::string_view utf8, std::size_t cells);

/// `utf8` filled up with blanks to `cells`; unchanged where it is as wide or wider.
[[nodiscard]] std::string pad_to_width(std::string_view utf8, std::size_t cells);

/// One line from an open descriptor, without its end, byte by byte so that nothing behind it is taken. Nothing where
/// the input ends before a line does, cannot be read, or a signal interrupts.
[[nodiscard]] std::optional<std::string> read_line(int descriptor);

/// Writes all of `text` to an open descriptor. Error: HT0950. A reader that has gone away (`haetae history | head`) is
/// not an error: the rest is dropped.
/// @pre SIGPIPE does not kill the process (see signal.hpp).
base::Status write_all(int descriptor, std::string_view text);

}  // namespace haetae::os
