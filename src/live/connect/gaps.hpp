// SPDX-License-Identifier: Apache-2.0
// What libpq would take from the environment where a URL says nothing: PGHOST, PGSERVICE, PGOPTIONS and their like. The
// gaps are filled here, before libpq can, so that what was added can be shown to the user.
#pragma once

#include <string>
#include <utility>
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
/// password file, are read by libpq later). PGHOSTADDR counts only where the URL names no host. Does not connect.
FilledUrl fill_gaps(const pg::ConnectionUrl& url);

/// Takes the variables that libpq would read out of the environment for as long as it lives, and puts them back: what
/// they had to say is in the filled URL, or is not wanted. One at a time; no other thread may use the environment.
class EnvironmentSetAside {
 public:
    /// `session_too`: also those that become settings of the session (PGTZ and its like).
    explicit EnvironmentSetAside(bool session_too);
    EnvironmentSetAside(const EnvironmentSetAside&) = delete;
    EnvironmentSetAside& operator=(const EnvironmentSetAside&) = delete;
    ~EnvironmentSetAside();

 private:
    std::vector<std::pair<std::string, std::string>> kept_;
};

/// What a service named in the URL, and variables under it, added to a connection that has begun.
std::vector<std::string> trace_gaps(const pg::ConnectionUrl& url, const PGconn* connection);

}  // namespace haetae::connect
