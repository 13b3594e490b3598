// SPDX-License-Identifier: Apache-2.0
// The guard: event triggers that refuse schema changes made past haetae, in the schemas of the domains and of the
// books. It stops accidents and habits, not malice. A session passes with a ticket: haetae's own holds the migrator
// lock, and whoever means it sets haetae.ticket to the name of the database.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "connect/connection.hpp"
#include "settings/settings.hpp"

namespace haetae::protect {

/// The schemas of all domains, of their version tables, and of the books; sorted.
std::vector<std::string> guarded_schemas(const settings::Settings& settings);

/// Statements for whoever may create event triggers: a superuser, or a role to which the platform lends that right.
/// They replace an older guard, run in a transaction of the caller's, and need no client's variables. The function
/// lies in a schema of its own, which belongs to whoever runs this: superusers execute it, so the migration role must
/// not be able to change it.
std::string guard_sql(const settings::Settings& settings);

/// Takes the guard away, also one whose function is broken.
std::string remove_guard_sql(const settings::Settings& settings);

struct GuardState {
    bool is_installed = false;            ///< any part of it is there
    std::vector<std::string> problems{};  ///< why it does not guard what this project has, as sentences; empty: it does
};

/// What the catalog says of it; any role may ask.
base::Result<GuardState> read_guard(connect::Connection& connection, const settings::Settings& settings);

}  // namespace haetae::protect
