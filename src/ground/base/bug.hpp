// SPDX-License-Identifier: Apache-2.0
// What only we can cause. BUG_IF stays active in release builds; `main` catches Bug, says so, and exits 70.
#pragma once

#include <stdexcept>
#include <string>

namespace haetae::base {

class Bug : public std::logic_error {
 public:
    using std::logic_error::logic_error;
};

[[noreturn]] void report_bug(const char* why, const char* file, int line);

}  // namespace haetae::base

#define BUG_IF(condition, why)                                              \
    do {                                                                    \
        if (condition) ::haetae::base::report_bug(why, __FILE__, __LINE__); \
    } while (false)

/// What stands behind a switch that covers every case.
#define BUG(why) ::haetae::base::report_bug(why, __FILE__, __LINE__)
