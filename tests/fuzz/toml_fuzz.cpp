// SPDX-License-Identifier: Apache-2.0
// haetae.toml: any bytes give settings or an error with its place; an added domain is found again.
#include <cstdint>
#include <cstdlib>

#include "project/config_file.hpp"
#include "project/project_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace haetae;
    const std::string text(reinterpret_cast<const char*>(bytes), size);
    const auto config = project::read_config({.name = "haetae.toml", .text = text});
    if (!config) {
        if (!config.error().span || config.error().span->line == 0) std::abort();
        return 0;
    }
    const auto added = project::with_domain(text, {.name = graph::DomainName("added-by-fuzzer")});
    if (!added) return 0;
    const auto again = project::read_config({.name = "haetae.toml", .text = *added});
    if (!again || again->domains.size() != config->domains.size() + 1) std::abort();
    return 0;
}
