// SPDX-License-Identifier: Apache-2.0
// A database URL as users and tools write it, understood before libpq sees it: libpq 15 takes
// `postgresql+asyncpg://…` for a database *name* and `?ssl=require` for an error. The password never leaves but
// through `keywords()`.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace haetae::pg {

class ConnectionUrl {
 public:
    /// Accepts postgresql://, postgres://, either with +driver (asyncpg, psycopg, psycopg2, pg8000, …; dropped), percent
    /// encoding, IPv6, several hosts, unix sockets, and libpq's key=value form. asyncpg's `ssl=` becomes `sslmode=`;
    /// driver-only parameters are dropped with a note; an unknown parameter is an error that names the nearest.
    /// The error never holds a password, nor the piece of one that an unescaped '@' or '/' leaves in the host.
    static base::Result<ConnectionUrl> parse(std::string_view text);

    /// libpq connection keywords and values, password included, in a stable order.
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& keywords() const { return keywords_; }
    [[nodiscard]] std::string value(std::string_view keyword) const;  ///< "" where absent
    [[nodiscard]] bool has_password() const;

    /// What may be shown: `postgresql://user@host:5432/db?sslmode=require`; never the password.
    [[nodiscard]] std::string shown() const;

    /// Things dropped or translated, for the user to read once.
    [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

    /// A copy with one keyword set (dbname, user, …).
    [[nodiscard]] ConnectionUrl with(std::string_view keyword, std::string_view value) const;

    bool operator==(const ConnectionUrl&) const = default;

 private:
    std::vector<std::pair<std::string, std::string>> keywords_;
    std::vector<std::string> notes_;
};

/// `text` with whatever looks like a password in a URL or key=value string replaced by ***; for texts we did not make.
std::string mask_passwords(std::string_view text);

}  // namespace haetae::pg
