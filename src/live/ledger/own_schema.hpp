// SPDX-License-Identifier: Apache-2.0
// The schema in which haetae keeps its own books: ledger, progress and the database's mark. It has numbered migrations
// of its own, which live inside the program and are applied by whoever holds the migrator lock.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "connect/connection.hpp"

namespace haetae::ledger {

/// The number of the newest migration of the own schema that this program knows.
int own_schema_newest();

/// 0 where the schema's tables do not exist. Reads only.
base::Result<int> own_schema_version(connect::Connection& connection, const std::string& schema);

/// HT0609 where the own schema was made and its ledger or progress table is not there any more. Reads only.
base::Status check_own_schema(connect::Connection& connection, const std::string& schema);

/// Statements that bring the own schema up to date, for a transaction of the caller's; "" where it is. Reads only.
/// Errors: as ensure_own_schema.
base::Result<std::string> own_schema_script(connect::Connection& connection, const std::string& schema);

/// Brings the own schema up to date, in one transaction; nothing is sent where it already is.
/// On failure nothing has changed. Errors: HT0604 the books were written by a newer haetae; HT0609 as check_own_schema;
/// HT0420 from the server.
base::Status ensure_own_schema(connect::Connection& connection, const std::string& schema);

/// Statements that make the table of the database's mark where it is missing, and let everybody read it.
std::string mark_table_sql(const std::string& schema);

/// The text over which a ledger row's hash is made, as an SQL expression over the columns of `row` (an alias or NEW).
/// A JSON array of the columns, so no two rows share a text.
std::string ledger_hash_expression(std::string_view row);

}  // namespace haetae::ledger
