// SPDX-License-Identifier: Apache-2.0
// What the application may do in a domain that haetae has just made room for.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "connect/connection.hpp"
#include "settings/settings.hpp"

namespace haetae::verbs {

/// Statements for the transaction that makes the schemas or version tables of `made`, each with its semicolon: the
/// application's rights there and on the ledger, and no writing of version tables. "" where the environment does not
/// name both roles; they do nothing where the application's role does not exist.
std::string new_rights_sql(const settings::Settings& settings, const settings::Environment& environment,
                           const std::vector<settings::Domain>& made);

/// The same for the schemas that revisions have made themselves, in a transaction of its own; nothing for those that
/// are not there.
base::Status give_rights(connect::Connection& connection, const settings::Settings& settings,
                         const settings::Environment& environment, const std::set<std::string>& created_schemas);

}  // namespace haetae::verbs
