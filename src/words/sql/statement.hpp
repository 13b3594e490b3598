// SPDX-License-Identifier: Apache-2.0
// What a runner must know of a statement before it sends it: may it run in a transaction block, does it control
// transactions itself, which schema does it create or drop. Told by the parse tree; a text that libpg_query cannot
// parse (newer syntax than its own) is marked so and judged by its leading tokens.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace haetae::sql {

enum class TransactionNeed {
    any,      ///< runs inside or outside a transaction block (savepoint commands too)
    outside,  ///< PostgreSQL refuses it in a transaction block (PreventInTransactionBlock in its source, 13 to 18)
    control,  ///< BEGIN, START TRANSACTION, COMMIT, END, ROLLBACK, ABORT (also AND CHAIN), PREPARE TRANSACTION,
              ///< COMMIT PREPARED, ROLLBACK PREPARED
};

struct StatementFacts {
    TransactionNeed need = TransactionNeed::any;
    std::string kind;    ///< as people call it: "CREATE INDEX CONCURRENTLY", "COMMIT AND CHAIN", "ALTER TABLE"
    bool parsed = true;  ///< false: libpg_query could not parse it; `parse_error` says why
    std::string parse_error{};
    std::vector<std::string> creates_schemas{};  ///< CREATE SCHEMA without IF NOT EXISTS
    std::vector<std::string> drops_schemas{};
    bool copies_from_stdin = false;  ///< COPY … FROM STDIN, which has no data in a revision file
};

/// The facts of one statement. Never fails; safe on input of any depth (libpg_query recurses: a token and nesting
/// limit stands before the parser, beyond which the text counts as not parsed).
StatementFacts facts_of(std::string_view statement);

}  // namespace haetae::sql
