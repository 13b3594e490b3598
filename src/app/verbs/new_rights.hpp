// SPDX-License-Identifier: Apache-2.0
// What the application may do in a domain that haetae has just made room for.
#pragma once

#include <string>
#include <vector>

#include "settings/settings.hpp"

namespace haetae::verbs {

/// Statements for the transaction that makes the schemas or version tables of `made`, each with its semicolon: the
/// application's rights there and on the ledger, and no writing of version tables. "" where the environment does not
/// name both roles; they do nothing where the application's role does not exist.
std::string new_rights_sql(const settings::Settings& settings, const settings::Environment& environment,
                           const std::vector<settings::Domain>& made);

}  // namespace haetae::verbs
