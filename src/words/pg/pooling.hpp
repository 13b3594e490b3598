// SPDX-License-Identifier: Apache-2.0
// What may stand between a session and the server. An advisory lock, a SET and a temporary table belong to a server
// process; where a pooler hands that process to others between two transactions, all of them are lost or leak.
#pragma once

#include <optional>
#include <string>

#include "pg/connection_url.hpp"

namespace haetae::pg {

enum class Pooling {
    direct,   ///< the session has a server process of its own, and nothing stands in between
    session,  ///< a pooler, which leaves a session its server process for as long as it lasts
    shared,   ///< a pooler that deals server processes out by transaction or by statement
};

/// What was found, and how it showed. Two verdicts are equal only with the same evidence.
struct PoolingVerdict {
    Pooling pooling = Pooling::direct;
    std::string evidence{};  ///< the end of a sentence: "two sessions were given the same server process 4711"
    bool operator==(const PoolingVerdict&) const = default;
};

/// "direct", "session pooling", "transaction or statement pooling".
std::string words_of(Pooling pooling);

/// What a URL alone says of a pooler.
struct PoolerSign {
    bool is_certain = false;  ///< its operator documents transaction pooling there; otherwise only a reason to look
    std::string evidence;     ///< as in PoolingVerdict
    std::string remedy{};     ///< where the same operator offers a session of one's own
};

/// Supabase: port 6543 of *.pooler.supabase.com and of db.*.supabase.co is transaction mode, port 5432 of the former
/// session mode. Neon: a host with "-pooler" is transaction mode. Elsewhere ports 6432 and 6543, "pooler", "pgbouncer",
/// "pgcat" or "supavisor" in the host's name and the parameter pgbouncer=true are only a reason to look.
/// Nothing where the URL gives no reason. Of several hosts the most certain counts.
std::optional<PoolerSign> pooler_sign(const ConnectionUrl& url);

}  // namespace haetae::pg
