// SPDX-License-Identifier: Apache-2.0
// The mark of a database: `haetae.environment`, one row that every role may read. It fails closed: a mark that cannot
// be read or believed is a damaged one, and a copy of a marked database knows that it is a copy.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "connect/connection.hpp"
#include "policy/mark.hpp"

namespace haetae::protect {

/// Where a mark is made. A physical copy (a base backup, a promoted standby) is the same place.
struct Place {
    std::optional<std::string> system_identifier{};  ///< of pg_control_system(); absent where the role may not ask
    std::string database_oid;                        ///< kept by pg_upgrade from 15 on, new in a restored database
    std::string database_name;
};

/// One round trip or two; writes nothing.
base::Result<Place> read_place(connect::Connection& connection);

/// Reads the marks of every schema that holds books of haetae, so that another `ledger_schema` does not hide one. What
/// is wrong with them is part of the answer; errors are those of the connection.
base::Result<policy::Mark> read_mark(connect::Connection& connection, const std::string& ledger_schema);

/// Statements, the last without a semicolon, that set the mark; @pre the own schema is up to date.
std::string write_mark_sql(const std::string& ledger_schema, const std::string& name, bool is_protected,
                           const Place& place);

}  // namespace haetae::protect
