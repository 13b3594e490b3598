// SPDX-License-Identifier: Apache-2.0
// The rules for URLs, from the operators' documentation of connection pooling.
#include "pg/pooling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "pg/connection_draft.hpp"

namespace haetae::pg {

namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

std::optional<PoolerSign> sign_of(const std::string& host, const std::string& port) {
    const auto place = fmt::format("{}:{}", host, port);
    const bool is_supabase_pooler = host.ends_with(".pooler.supabase.com");
    const bool is_supabase_host = host.starts_with("db.") && host.ends_with(".supabase.co");
    if (port == "6543" && (is_supabase_pooler || is_supabase_host)) {
        return PoolerSign{.is_certain = true,
                          .evidence = place + " is Supabase's pooler in transaction mode",
                          .remedy = is_supabase_pooler ? "port 5432 of the same host is its session mode"
                                                       : "port 5432 of the same host is the server itself"};
    }
    if (is_supabase_pooler) return PoolerSign{.evidence = place + " is Supabase's pooler"};
    if (host.ends_with(".neon.tech") && holds(host, "-pooler.")) {
        return PoolerSign{.is_certain = true,
                          .evidence = host + " is Neon's pooler in transaction mode",
                          .remedy = "the same host without \"-pooler\" is the server itself"};
    }
    constexpr std::array names{"pooler", "pgbouncer", "pgcat", "supavisor"};
    if (std::any_of(names.begin(), names.end(), [&](const char* name) { return holds(host, name); })) {
        return PoolerSign{.evidence = host + " is called like a pooler"};
    }
    if (port == "6432" || port == "6543") {
        return PoolerSign{.evidence = fmt::format("port {} is one that poolers listen on", port)};
    }
    return std::nullopt;
}

}  // namespace

std::string words_of(Pooling pooling) {
    switch (pooling) {
        case Pooling::direct:
            return "direct";
        case Pooling::session:
            return "session pooling";
        case Pooling::shared:
            return "transaction or statement pooling";
    }
    return {};
}

std::optional<PoolerSign> pooler_sign(const ConnectionUrl& url) {
    const auto host_list = lower(url.value("host").empty() ? url.value("hostaddr") : url.value("host"));
    const auto port_list = url.value("port");
    const auto hosts = split_at_commas(host_list);
    const auto ports = split_at_commas(port_list);
    std::optional<PoolerSign> found;
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        const auto port = std::string(ports.size() == hosts.size() ? ports[i] : ports.front());
        auto sign = sign_of(std::string(hosts[i]), port.empty() ? "5432" : port);
        if (sign && (!found || sign->is_certain)) found = std::move(sign);
    }
    if (!found && url.says_pgbouncer()) return PoolerSign{.evidence = "the URL says pgbouncer=true"};
    return found;
}

}  // namespace haetae::pg
