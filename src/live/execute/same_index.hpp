// SPDX-License-Identifier: Apache-2.0
// Is the index that stands there the one that a statement makes? The server builds the statement's index on an empty
// table of the same columns, in a transaction that is rolled back, and the two are compared as the catalog has them.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "connect/connection.hpp"
#include "revisions/parts.hpp"

namespace haetae::execute {

/// `statement` is a CREATE INDEX CONCURRENTLY, `index` a quoted and qualified name. Uniqueness, method, columns and
/// expressions, operator classes, collations, order, predicate and storage parameters count; the tablespace does not.
/// Needs a session that no transaction is open on, with the search_path that the statement ran with. Absent where the
/// role may not make temporary tables. Errors: those of the connection.
base::Result<std::optional<bool>> is_same_index(connect::Connection& connection, const revisions::Statement& statement,
                                 const std::string& index);

}  // namespace haetae::execute
