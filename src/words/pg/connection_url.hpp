// SPDX-License-Identifier: Apache-2.0
// A database URL as users and tools write it, understood before libpq sees it: libpq 15 takes
// `postgresql+asyncpg://…` for a database *name* and `?prepared_statement_cache_size=0` for an error. The password
// never leaves but through `keywords()`.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace haetae::pg {

class ConnectionUrl {
 public:
    /// Accepts postgresql://, postgres://, either with +driver (asyncpg, psycopg, psycopg2, pg8000, …; dropped),
    /// percent encoding, IPv6, several hosts, unix sockets, and libpq's key=value form. asyncpg's `ssl=` becomes
    /// `sslmode=`; driver-only parameters are dropped with a note; an unknown parameter is an error that names the
    /// nearest. An empty value means the default, as in libpq; a keyword given twice takes its last value, with a note.
    /// Errors: HT0401 not a URL that can be understood (also: a sign in the password that must be percent-encoded),
    /// HT0402 an unknown parameter or a wrong value. Neither holds a password, nor the piece of one that an unescaped
    /// '@' or '/' leaves in the host.
    static base::Result<ConnectionUrl> parse(std::string_view text);

    /// libpq connection keywords and values, password included, in a fixed order; no value is empty. They are meant for
    /// PQconnectdbParams with expand_dbname = 0. Some exist only from libpq 16, 17 or 18 on.
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& keywords() const { return keywords_; }
    [[nodiscard]] std::string value(std::string_view keyword) const;  ///< "" where absent

    /// True when any secret is inside: password, sslpassword, oauth_client_secret, scram_client_key, scram_server_key.
    [[nodiscard]] bool has_password() const;

    /// What may be shown: `postgresql://user@host:5432/db?sslmode=require`; never a secret. Parsing it again gives the
    /// same connection without its secrets.
    [[nodiscard]] std::string shown() const;

    /// Things dropped or translated, for the user to read once.
    [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

    /// The text says pgbouncer=true, as Prisma wants it before a pooler; it is left out of the keywords.
    [[nodiscard]] bool says_pgbouncer() const { return says_pgbouncer_; }

    /// A copy with one keyword set (dbname, user, …), or removed when `value` is empty. @pre libpq knows the keyword.
    [[nodiscard]] ConnectionUrl with(std::string_view keyword, std::string_view value) const;

    bool operator==(const ConnectionUrl&) const = default;

 private:
    std::vector<std::pair<std::string, std::string>> keywords_;
    std::vector<std::string> notes_;
    bool says_pgbouncer_ = false;
};

/// `text` with whatever looks like a password replaced by ***: in URLs, in key=value and JSON, and PASSWORD '…' in SQL.
/// For texts we did not make; it rather hides too much than too little.
std::string mask_passwords(std::string_view text);

}  // namespace haetae::pg
