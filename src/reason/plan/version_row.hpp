// SPDX-License-Identifier: Apache-2.0
// The version table in SQL: its making, and the changes of its rows, for runs and for scripts.
#pragma once

#include <string>

#include "plan/plan.hpp"
#include "settings/settings.hpp"

namespace haetae::plan {

/// `CREATE TABLE …` exactly as Alembic makes it, without a semicolon.
std::string create_version_table_sql(const settings::Domain& domain);

/// An INSERT, UPDATE or DELETE of one row, without a semicolon.
std::string row_change_sql(const settings::Domain& domain, const RowChange& change);

/// The statements of a PL/pgSQL block that has declared `n bigint`: each change, and RAISE with HT001 unless it matched
/// exactly one row.
std::string checked_row_changes(const settings::Domain& domain, std::span<const RowChange> changes);

}  // namespace haetae::plan
