// SPDX-License-Identifier: Apache-2.0
// Reads what schemas hold out of pg_catalog, all of it in one repeatable-read snapshot with an empty search_path, by a
// handful of queries whatever the number of objects. One file an object kind; differences between PostgreSQL 13 to 18
// stay in the file of the kind they touch.
#pragma once

#include <chrono>
#include <span>
#include <string>

#include "base/result.hpp"
#include "connect/connection.hpp"
#include "model/database.hpp"
#include "model/name.hpp"

namespace haetae::catalog {

struct Selection {
    /// The schemas to read; empty = all but the system's (pg_*, information_schema). One that does not exist is not in
    /// the model.
    std::span<const model::SchemaName> schemas{};
    /// Never read: haetae's own schema, also when it is among `schemas`.
    std::span<const model::SchemaName> without_schemas{};
    /// Never read: the version tables of the domains.
    std::span<const model::QualifiedName> without_tables{};
    /// How long to wait for whoever holds a view or its tables exclusively.
    std::chrono::milliseconds lock_timeout{10000};
};

/// Needs no rights beyond CONNECT: catalogs are readable to everyone. Objects that others change or drop meanwhile can
/// make PostgreSQL's own printing functions fail or answer for another moment (they look at the present, not at the
/// snapshot); the snapshot is then taken anew, a few times. The session's settings are as before afterwards.
/// Errors: HT0660 the catalog did not hold still, HT0661 the server is too old or too new for this reader to be sure,
/// HT0662 the lock timeout ran out; HT0420, HT0421 of the connection.
/// @pre no transaction is open on the connection.
base::Result<model::Database> read(connect::Connection& connection, const Selection& selection);

}  // namespace haetae::catalog
