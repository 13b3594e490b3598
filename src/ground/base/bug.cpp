// SPDX-License-Identifier: Apache-2.0
// A bug is thrown, with its place, and caught by `main` alone.
#include "base/bug.hpp"

namespace haetae::base {

void report_bug(const char* why, std::source_location where) {
    throw Bug(std::string(why) + " (" + where.file_name() + ":" + std::to_string(where.line()) + ")");
}

}  // namespace haetae::base
