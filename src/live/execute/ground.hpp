// SPDX-License-Identifier: Apache-2.0
// What a database needs before the first revision of a run: haetae's own schema, the schemas of the domains, and their
// version tables.
#pragma once

#include <set>
#include <span>
#include <string>

#include "base/result.hpp"
#include "connect/connection.hpp"
#include "ledger/rights.hpp"
#include "ledger/version_table.hpp"
#include "revisions/parts.hpp"
#include "settings/settings.hpp"

namespace haetae::execute {

/// Schemas that the part makes by CREATE SCHEMA without IF NOT EXISTS.
std::set<std::string> schemas_created_by(const revisions::Part& part);

/// The schemas that a run has to make itself: not those that its revisions make (`created` by CREATE SCHEMA without IF
/// NOT EXISTS), but for schemas of version tables; check_runnable has seen to these.
ledger::Missing schemas_to_make(ledger::Missing missing, std::span<const settings::Domain> domains,
                                const std::set<std::string>& created);

/// Makes the schemas, and the version tables that do not exist; "" where nothing is missing.
std::string room_sql(std::span<const settings::Domain> domains, const ledger::VersionTables& tables,
                     const ledger::Missing& missing);

}  // namespace haetae::execute
