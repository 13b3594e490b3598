// SPDX-License-Identifier: Apache-2.0
// Host, hostaddr and port lists are taken apart as libpq does: by commas, one port standing for all hosts.
#include "connect/endpoints.hpp"

#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace haetae::connect {

namespace {

std::vector<std::string> split(std::string_view list) {
    std::vector<std::string> parts;
    while (true) {
        const auto comma = list.find(',');
        parts.emplace_back(list.substr(0, comma));
        if (comma == std::string_view::npos) return parts;
        list.remove_prefix(comma + 1);
    }
}

std::vector<std::string> addresses_of(const std::string& host) {
    if (host.empty() || host.front() == '/' || host.front() == '@') return {};
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (getaddrinfo(host.c_str(), nullptr, &wanted, &found) != 0) return {};
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, freeaddrinfo);
    std::vector<std::string> addresses;
    for (; found != nullptr; found = found->ai_next) {
        std::array<char, NI_MAXHOST> text{};
        if (getnameinfo(found->ai_addr, found->ai_addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) != 0) {
            continue;
        }
        if (std::find(addresses.begin(), addresses.end(), text.data()) == addresses.end()) {
            addresses.emplace_back(text.data());
        }
    }
    return addresses;
}

std::vector<pg::ConnectionUrl> single_places(const pg::ConnectionUrl& url) {
    const auto hosts = split(url.value("host"));
    const auto fixed = split(url.value("hostaddr"));
    const auto ports = split(url.value("port"));
    const std::size_t count = std::max(hosts.size(), fixed.size());
    const auto fits = [&](const std::vector<std::string>& list) { return list.size() == count || list.size() == 1; };
    if (!fits(hosts) || !fits(fixed) || !fits(ports)) return {url};  // libpq refuses it, in its own words

    std::vector<pg::ConnectionUrl> places;
    for (std::size_t i = 0; i < count; ++i) {
        const auto& host = hosts[std::min(i, hosts.size() - 1)];
        const auto& address = fixed[std::min(i, fixed.size() - 1)];
        const auto place =
            url.with("host", host).with("hostaddr", address).with("port", ports[std::min(i, ports.size() - 1)]);
        const auto addresses = address.empty() ? addresses_of(host) : std::vector<std::string>{};
        if (addresses.size() < 2) {
            places.push_back(place);
            continue;
        }
        for (const auto& one : addresses) places.push_back(place.with("hostaddr", one));
    }
    return places;
}

}  // namespace

std::vector<pg::ConnectionUrl> endpoints(const pg::ConnectionUrl& url) {
    const auto places = single_places(url);
    if (places.size() < 2 || url.value("target_session_attrs") != "prefer-standby") return places;
    std::vector<pg::ConnectionUrl> rounds;
    for (const char* wanted : {"standby", "any"}) {
        for (const auto& place : places) rounds.push_back(place.with("target_session_attrs", wanted));
    }
    return rounds;
}

}  // namespace haetae::connect
