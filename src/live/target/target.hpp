// SPDX-License-Identifier: Apache-2.0
// Which database is meant: --url, the environment's variable, or the project's embedded server, in that order; and the
// sentence that says so before anything is changed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "connect/connection.hpp"
#include "pg/connection_url.hpp"
#include "sandbox/local.hpp"
#include "settings/settings.hpp"

namespace haetae::target {

struct Choice {
    std::string environment = "local";  ///< -e
    std::optional<std::string> url{};   ///< --url: a URL, or env:NAME
};

struct Target {
    settings::Environment environment;
    pg::ConnectionUrl url;
    std::string origin;  ///< "--url", "DATABASE_URL (environment)", "DATABASE_URL (.env)", "url in haetae.toml",
                         ///< "embedded server"
    std::optional<sandbox::LocalLease> lease{};  ///< present for the embedded server
    std::vector<std::string> notes{};            ///< for the user to read once, before anything is changed

    /// "database game on db.example.com:5432 as migration_user (DATABASE_URL (environment), environment local)", with
    /// what PG* variables add to the URL. Never a password.
    [[nodiscard]] std::string described() const;
};

/// Works out the target and, for the embedded server, starts it. Does not connect.
/// Errors: HT0302 unknown environment; HT0401, HT0402 the URL cannot be read; HT0403 --url or the variable is empty, or
/// the variable that --url names is not set; HT0404 no URL and no embedded server (says why not: CI is set, not the
/// local environment, a protected environment exists); HT0405 a password on the command line or in haetae.toml for a
/// protected environment; HT0312 .env; HT0501 to HT0506 the embedded server.
base::Result<Target> find_target(const settings::Settings& settings, const Choice& choice);

/// Connects to it. The embedded server is reached as it is: PG* variables have no say in it. Errors: HT0410 to HT0414.
base::Result<connect::Connection> open(const Target& target, const connect::ConnectOptions& options);

}  // namespace haetae::target
