// SPDX-License-Identifier: Apache-2.0
// What a statement means for code that was written before it and is still running: judged by a table of statement
// kinds, on the safe side, because a protected database asks. docs/reference/running.md has the table.
#pragma once

#include <string_view>

namespace haetae::sql {

enum class Effect {
    adds,   ///< old code does not notice: CREATE TABLE, ADD COLUMN, CREATE INDEX, GRANT …
    data,   ///< rows: INSERT, UPDATE, DELETE, COPY, SELECT
    takes,  ///< takes away or narrows what old code may use: DROP, RENAME, ALTER TYPE, SET NOT NULL, REVOKE …, and
            ///< whatever is not known to be harmless: DO and CALL, and what the parser does not take
};

/// The effect of one statement. Never fails.
Effect effect_of(std::string_view statement);

}  // namespace haetae::sql
