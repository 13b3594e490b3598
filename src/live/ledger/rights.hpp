// SPDX-License-Identifier: Apache-2.0
// May this session migrate this database at all? Asked before the first statement, so that a missing right is named
// instead of found half-way.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "connect/connection.hpp"
#include "ledger/version_table.hpp"
#include "settings/settings.hpp"

namespace haetae::ledger {

/// Which schemas a run has to make before its first revision.
struct Missing {
    std::vector<std::string> schemas{};
};

/// `domains`: those whose revisions or rows are to change. Writes nothing.
/// Errors: HT0630 a standby, or a read-only session; HT0631 the role lacks a right (names role, right and the GRANT).
base::Result<Missing> check_rights(connect::Connection& connection, std::span<const settings::Domain> domains,
                                   const VersionTables& tables, const std::string& ledger_schema);

}  // namespace haetae::ledger
