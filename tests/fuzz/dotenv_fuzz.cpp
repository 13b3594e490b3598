// SPDX-License-Identifier: Apache-2.0
// `.env`: any bytes give variables or an error with a line that exists and is not shown.
#include <cstdint>
#include <cstdlib>

#include "project/dotenv.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto variables =
        haetae::project::parse_dotenv(".env", std::string_view(reinterpret_cast<const char*>(bytes), size));
    if (variables) {
        for (const auto& [key, value] : *variables) {
            if (key.empty() || value.find('\0') != std::string::npos) std::abort();
        }
    } else {
        const auto& span = variables.error().span;
        if (!span || span->line == 0 || !span->line_text.empty()) std::abort();
    }
    return 0;
}
