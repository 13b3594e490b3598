// SPDX-License-Identifier: Apache-2.0
// A '/' cannot stand in the host part of a URL, but it can in a parameter.
#include "sandbox/socket_url.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace haetae::sandbox {

pg::ConnectionUrl socket_url(const std::string& socket_folder) {
    auto url = pg::ConnectionUrl::parse(socket_url_text(socket_folder));
    BUG_IF(!url, "a socket's URL cannot be read");
    return std::move(url).value();
}

std::string socket_url_text(const std::string& socket_folder) {
    std::string host;
    for (const char c : socket_folder) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '_' || c == '.' || c == '/';
        host += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return fmt::format("postgresql://postgres@/postgres?host={}&port=5432", host);
}

std::string short_name(std::string_view text) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return fmt::format("{:016x}", hash);
}

}  // namespace haetae::sandbox
