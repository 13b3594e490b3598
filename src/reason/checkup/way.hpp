// SPDX-License-Identifier: Apache-2.0
// What is judged of the way to the server: the pooler, encryption, and hosts that not every machine can reach.
#pragma once

#include <optional>
#include <string>

#include "checkup/server.hpp"
#include "pg/connection_url.hpp"
#include "pg/pooling.hpp"

namespace haetae::checkup {

struct WayFacts {
    std::optional<pg::PoolingVerdict> pooling{};  ///< absent where it could not be found out
    std::string why_not{};
    std::string encryption{};  ///< "TLSv1.3 with …"; empty where nothing encrypts
    bool is_local = false;     ///< a unix socket
};

Lines judge_way(const WayFacts& facts, const pg::ConnectionUrl& url);

/// Supabase's direct hosts have an IPv6 address only, which GitHub's runners, and many networks, cannot reach.
Lines judge_host(const pg::ConnectionUrl& url);

}  // namespace haetae::checkup
