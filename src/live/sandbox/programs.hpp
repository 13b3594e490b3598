// SPDX-License-Identifier: Apache-2.0
// PostgreSQL's own programs on this machine, and the account they may run as: the server refuses to run as root.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "os/user.hpp"

namespace haetae::sandbox {

struct Programs {
    std::string folder;  ///< holds `postgres` and `initdb`
    [[nodiscard]] std::string postgres() const { return folder + "/postgres"; }
    [[nodiscard]] std::string initdb() const { return folder + "/initdb"; }
};

/// In this order: HAETAE_PG_BIN (then nowhere else), what `pg_config --bindir` in PATH says, the newest of
/// /usr/lib/postgresql/*/bin and /usr/pgsql-*/bin, PATH. Error: HT0501 (names the packages).
base::Result<Programs> find_programs();

/// Programs of the major version ("15") that made a cluster. Error: HT0505 none of that version here.
base::Result<Programs> find_programs_of(const std::string& major_version);

/// As root: HAETAE_PG_USER, `postgres` where it exists, else `nobody`. Otherwise ourselves. Error: HT0502 no such
/// account.
base::Result<os::User> server_user();

}  // namespace haetae::sandbox
