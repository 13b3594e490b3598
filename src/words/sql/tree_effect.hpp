// SPDX-License-Identifier: Apache-2.0
// The table behind Effect, over the parse tree of libpg_query.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "sql/effect.hpp"

namespace haetae::sql {

/// `node`: "AlterTableStmt"; `statement`: what stands under that key. A node that the table lacks takes.
Effect tree_effect(const std::string& node, const nlohmann::json& statement);

}  // namespace haetae::sql
