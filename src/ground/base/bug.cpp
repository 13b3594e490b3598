// SPDX-License-Identifier: Apache-2.0
// A bug is thrown, with its place, and caught by `main` alone.
#include "base/bug.hpp"

namespace haetae::base {

void report_bug(const char* why, const char* file, int line) {
    throw Bug(std::string(why) + " (" + file + ":" + std::to_string(line) + ")");
}

}  // namespace haetae::base
