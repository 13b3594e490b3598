// SPDX-License-Identifier: Apache-2.0
// The version tables: one a domain, `<schema>.<version_table>(version_num varchar(32) primary key)`, exactly as Alembic
// keeps them, so that a database can move between the two.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "connect/connection.hpp"
#include "graph/revision.hpp"
#include "settings/settings.hpp"

namespace haetae::ledger {

/// What one domain's version table is and holds.
struct VersionTable {
    bool schema_exists = false;
    bool table_exists = false;
    bool may_create = false;         ///< the table where it is missing (CREATE on the schema, or on the database)
    bool may_write = false;          ///< SELECT, INSERT, UPDATE and DELETE on the table where it exists
    std::size_t id_length_max = 32;  ///< what its column holds; a large number for text
    std::vector<graph::RevisionId> rows{};  ///< sorted
};

using VersionTables = std::map<graph::DomainName, VersionTable>;

/// Reads the tables of all `domains` in two round trips, and writes nothing. A missing table reads as no rows.
/// Errors: HT0605 the role may not read one (names role, table and right); HT0607 a table is not a version table.
base::Result<VersionTables> read_version_tables(connect::Connection& connection,
                                                std::span<const settings::Domain> domains);

}  // namespace haetae::ledger
