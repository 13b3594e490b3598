// SPDX-License-Identifier: Apache-2.0
// What libpq would take from the environment where a URL says nothing: PGHOST, PGSERVICE, PGOPTIONS and their like. The
// gaps are filled here, before libpq can, so that what was added can be shown to the user.
#pragma once

#include <string>
#include <vector>

#include "pg/connection_url.hpp"

// As libpq-fe.h declares it.
typedef struct pg_conn PGconn;  // NOLINT(modernize-use-using)

namespace haetae::connect {

struct FilledUrl {
    pg::ConnectionUrl url;             ///< the given one, with the gaps filled
    std::vector<std::string> added{};  ///< "PGHOST=db.example.com"; a password's value is "***"
};

/// The URL libpq would use, as far as it can be known before a connection (a service named in the URL itself, and the
/// password file, are read by libpq later). Does not connect.
FilledUrl fill_gaps(const pg::ConnectionUrl& url);

/// What a service named in the URL, and variables under it, added to a connection that has begun.
std::vector<std::string> trace_gaps(const pg::ConnectionUrl& url, const PGconn* connection);

}  // namespace haetae::connect
