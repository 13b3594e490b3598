// SPDX-License-Identifier: Apache-2.0
// libpg_query behind a fence. Its tree walkers recurse and crash the process on deep input (5,000 terms of 1+1+… on a
// usual stack), so texts above a limit are not given to it, and the rest runs on a thread with a stack of its own size.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sql/effect.hpp"
#include "sql/statement.hpp"

namespace haetae::sql {

/// More tokens than this are not given to the parser. Each token costs at most one level of recursion.
inline constexpr std::size_t parser_tokens_max = 5000;

struct ParsedStatement {
    std::string node{};   ///< "VacuumStmt"; "" when the text could not be parsed, or holds no statement
    std::string error{};  ///< why not
    std::optional<TransactionNeed> need{};  ///< where the tree decides it
    Effect effect = Effect::takes;          ///< also where the text could not be parsed
};

/// Parses one statement.
ParsedStatement parse_statement(std::string_view statement);

}  // namespace haetae::sql
