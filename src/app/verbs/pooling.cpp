// SPDX-License-Identifier: Apache-2.0
// URL rules first, without the network; then what the server itself says.
#include "verbs/pooling.hpp"

#include <optional>

#include "connect/gaps.hpp"
#include "connect/pooler.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

/// Of the URL with what PG* variables add to it. The embedded server is ours.
std::optional<pg::PoolerSign> sign_of(const target::Target& target) {
    return target.lease ? std::nullopt : pg::pooler_sign(connect::fill_gaps(target.url).url);
}

}  // namespace

base::Result<pg::PoolingVerdict> examine_pooling(connect::Connection& connection, const target::Target& target,
                                                 cli::Talk& talk) {
    const auto sign = sign_of(target);
    if (sign && sign->is_certain) {
        return pg::PoolingVerdict{.pooling = pg::Pooling::shared, .evidence = sign->evidence};
    }
    connect::PoolerProbe probe{.open = [&] { return open_to_look(target, talk); }, .is_suspected = sign.has_value()};
    if (const auto limit = target.environment.limits.connect_timeout; limit.count() > 0) probe.limit = limit;
    return connect::probe_pooling(connection, probe);
}

std::string Encryption::words() const {
    if (!method.empty()) return "encrypted by " + method;
    return is_local ? "a unix socket, which needs no encryption" : "not encrypted";
}

Encryption encryption_of(const connect::Connection& connection, const target::Target& target) {
    const auto url = target.lease ? target.url : connect::fill_gaps(target.url).url;
    const auto host = url.value("host");
    const bool is_local = target.lease.has_value() || host.starts_with('/') || host.starts_with('@') ||
                          (host.empty() && url.value("hostaddr").empty() && url.value("service").empty());
    return {.method = connection.encryption(), .is_local = is_local};
}

base::Result<OwnProcess> open_own_process(const target::Target& target, cli::Talk& talk) {
    if (const auto sign = sign_of(target); sign && sign->is_certain) {
        TRY(connect::require_own_process({.pooling = pg::Pooling::shared, .evidence = sign->evidence}, sign->remedy));
    }
    auto connection = TRY(open_to_look(target, talk));
    auto pooling = TRY(examine_pooling(connection, target, talk));
    TRY(connect::require_own_process(pooling));
    if (!target.lease) {
        const auto options = connect::fill_gaps(target.url).url.value("options");
        TRY(connect::require_settings(connection, connect::asked_settings(options)));
    }
    if (pooling.pooling == pg::Pooling::session) {
        talk.note(pooling.evidence + " (session pooling); haetae needs two of its sessions, three for a moment");
    }
    return OwnProcess{.connection = std::move(connection), .pooling = std::move(pooling)};
}

}  // namespace haetae::verbs
