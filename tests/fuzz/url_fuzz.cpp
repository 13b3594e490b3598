// SPDX-License-Identifier: Apache-2.0
// Database URLs: any bytes give a connection or an error; what is shown reads as the same connection, without secrets.
#include <cstdint>
#include <cstdlib>

#include "pg/connection_parameter.hpp"
#include "pg/connection_url.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using haetae::pg::ConnectionUrl;
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    (void)haetae::pg::mask_passwords(text);
    const auto url = ConnectionUrl::parse(text);
    if (!url) {
        if (url.error().sentence.empty() || url.error().hint.empty()) std::abort();
        return 0;
    }
    ConnectionUrl open = *url;
    for (const auto& [keyword, value] : url->keywords()) {
        if (value.empty()) std::abort();
        if (haetae::pg::is_secret_keyword(keyword)) open = open.with(keyword, "");
    }
    const auto again = ConnectionUrl::parse(url->shown());
    if (!again || again->keywords() != open.keywords()) std::abort();
    return 0;
}
