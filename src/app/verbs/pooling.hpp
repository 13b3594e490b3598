// SPDX-License-Identifier: Apache-2.0
// What stands between us and the server, for the verbs that say so and for those that change a database.
#pragma once

#include <string>

#include "base/result.hpp"
#include "cli/talk.hpp"
#include "connect/connection.hpp"
#include "pg/pooling.hpp"
#include "target/target.hpp"

namespace haetae::verbs {

/// Looks, and judges nothing. Errors: HT0761, and those of target::open for a second session.
base::Result<pg::PoolingVerdict> examine_pooling(connect::Connection& connection, const target::Target& target,
                                                 cli::Talk& talk);

/// What keeps others from reading along between us and the server, or the pooler before it.
struct Encryption {
    std::string method{};   ///< "TLSv1.3 with TLS_AES_256_GCM_SHA384"; empty where nothing does
    bool is_local = false;  ///< a unix socket, which needs none

    [[nodiscard]] std::string words() const;
};
Encryption encryption_of(const connect::Connection& connection, const target::Target& target);

/// A session that was found to have a server process of its own, and how.
struct OwnProcess {
    connect::Connection connection;
    pg::PoolingVerdict pooling;
};

/// The first connection of every verb that changes a database, of whatever environment: the lock that keeps two
/// migrators apart, and every SET, stand on it. Session pooling is allowed, and said in a note. Not for the
/// application's URL.
/// Errors: HT0760 transaction or statement pooling (a URL that is known for it is not even connected to); HT0761;
/// HT0762 settings of the URL were dropped on the way; those of target::open.
base::Result<OwnProcess> open_own_process(const target::Target& target, cli::Talk& talk);

}  // namespace haetae::verbs
