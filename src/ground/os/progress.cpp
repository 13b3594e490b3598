// SPDX-License-Identifier: Apache-2.0
// ASCII on purpose: block characters come out broken in more terminals than they please.
#include "os/progress.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "os/terminal.hpp"

namespace haetae::os {

std::string progress_bar(const Progress& progress, std::size_t cells) {
    constexpr std::size_t bar = 20;
    if (progress.total == 0) return cut_to_width(fmt::format("{} {}", progress.done, progress.label), cells);
    const std::size_t done = std::min(progress.done, progress.total);
    const std::size_t filled = done * bar / progress.total;
    const std::string total = fmt::format("{}", progress.total);
    return cut_to_width(fmt::format("[{}{}] {:>{}}/{} {}", std::string(filled, '#'), std::string(bar - filled, '.'),
                                    done, total.size(), total, progress.label),
                        cells);
}

std::string progress_line(const Progress& progress) {
    if (progress.total == 0) return fmt::format("[{}] {}", progress.done, progress.label);
    return fmt::format("[{}/{}] {}", std::min(progress.done, progress.total), progress.total, progress.label);
}

}  // namespace haetae::os
