// SPDX-License-Identifier: Apache-2.0
// Looking up a domain, and which names a domain may have: it is a folder, a schema, and stands before ':' in addresses.
#include "settings/settings.hpp"

#include <algorithm>

#include "base/source_span.hpp"

namespace haetae::settings {

namespace {

constexpr std::size_t identifier_bytes_max = 63;  // NAMEDATALEN - 1

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// Blanks, controls and marks beyond ASCII that look like nothing: U+0080 to U+00A0, U+2000 to U+206F, U+3000, U+FEFF.
bool has_invisible_letter(std::string_view utf8) {
    for (std::size_t i = 0; i + 1 < utf8.size(); ++i) {
        const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(utf8[i + k]); };
        if (byte(0) == 0xC2 && byte(1) <= 0xA0) return true;
        if (byte(0) == 0xE2 && byte(1) == 0x80) return true;
        if (byte(0) == 0xE2 && byte(1) == 0x81 && i + 2 < utf8.size() && byte(2) >= 0x9F && byte(2) <= 0xAF)
            return true;
        if (utf8.substr(i, 3) == "\xE3\x80\x80" || utf8.substr(i, 3) == "\xEF\xBB\xBF") return true;
    }
    return false;
}

}  // namespace

const Domain* Settings::find_domain(const graph::DomainName& name) const {
    const auto found = std::find_if(domains.begin(), domains.end(), [&](const Domain& d) { return d.name == name; });
    return found == domains.end() ? nullptr : &*found;
}

std::string wrong_name(std::string_view text) {
    std::size_t bad_offset = 0;
    if (text.empty()) return "is empty";
    if (text.size() > identifier_bytes_max) return "is longer than 63 bytes, the most PostgreSQL takes for a schema";
    if (!base::is_utf8(text, bad_offset)) return "is not UTF-8";
    if (text.front() == '-') return "begins with '-', as an option does";
    const auto bad = std::find_if_not(text.begin(), text.end(), is_plain);
    if (bad != text.end()) {
        const auto byte = static_cast<unsigned char>(*bad);
        if (byte <= 0x20 || byte == 0x7F) return "holds a blank or a control character";
        return std::string("holds a '") + *bad + "'";
    }
    if (has_invisible_letter(text)) return "holds a blank or a control character";
    return {};
}

}  // namespace haetae::settings
