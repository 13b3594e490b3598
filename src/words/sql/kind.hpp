// SPDX-License-Identifier: Apache-2.0
// What people call a statement, from its leading words: "CREATE MATERIALIZED VIEW", "COMMIT AND CHAIN".
#pragma once

#include <string>

#include "sql/leading_words.hpp"

namespace haetae::sql {

/// "" for an empty text; the first word alone where nothing more is known of it.
std::string kind_of(LeadingWords& words);

/// True when PostgreSQL 13 to 18 knows a command that starts with this word.
bool is_known_command(LeadingWords& words);

}  // namespace haetae::sql
