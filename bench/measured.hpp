// SPDX-License-Identifier: Apache-2.0
// One run of a program: how long, how much memory, how it ended.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace haetae::bench {

struct Measured {
    double seconds = 0;      ///< wall clock
    double cpu_seconds = 0;  ///< user and system, of the program and the children it waited for
    double peak_mb = 0;      ///< largest resident set
    int exit_code = 0;
};

struct Program {
    std::vector<std::string> words;  ///< the program's path or name first
    std::string folder = "/";
    std::vector<std::pair<std::string, std::string>> environment{};  ///< added to ours
};

/// Its output goes to /dev/null. A program that is not there ends with 127.
Measured run_once(const Program& program);

/// The run of the median wall clock.
Measured median_of(int runs, const Program& program);

}  // namespace haetae::bench
