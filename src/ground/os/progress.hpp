// SPDX-License-Identifier: Apache-2.0
// How far a long piece of work has come, drawn as one line of text. Pure: who shows it decides where and how often.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace haetae::os {

struct Progress {
    std::size_t done = 0;
    std::size_t total = 0;  ///< 0: not known
    std::string label{};    ///< what is being done now
    bool operator==(const Progress&) const = default;
};

/// For a terminal of `cells`: `[#####.....]  3/12 users 9f3c create accounts`, cut to the width.
[[nodiscard]] std::string progress_bar(const Progress& progress, std::size_t cells);

/// For a log: `[3/12] users 9f3c create accounts`.
[[nodiscard]] std::string progress_line(const Progress& progress);

}  // namespace haetae::os
