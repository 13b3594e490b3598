// SPDX-License-Identifier: Apache-2.0
// What a runner must know of a statement before it sends it: may it run in a transaction block, does it control
// transactions itself, does it build an index concurrently, which schema does it create or drop. Most statements are
// told by their leading tokens; those whose form decides (REINDEX, CLUSTER, subscriptions, DETACH PARTITION …) by their
// parse tree, or by their tokens again where libpg_query does not know the syntax yet.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace haetae::sql {

enum class TransactionNeed {
    any,      ///< runs inside or outside a transaction block (savepoint commands too). CALL and DO are here: whether
              ///< their body commits is known to the server only (SQLSTATE 2D000)
    outside,  ///< PostgreSQL refuses it in a transaction block (PreventInTransactionBlock in its source, 13 to 18)
    control,  ///< BEGIN, START TRANSACTION, COMMIT, END, ROLLBACK, ABORT (also AND CHAIN), PREPARE TRANSACTION,
              ///< COMMIT PREPARED, ROLLBACK PREPARED
};

/// CREATE INDEX, DROP INDEX or REINDEX with CONCURRENTLY: what may leave an invalid index behind.
struct IndexBuild {
    enum class Action { create, drop, reindex_index, reindex_table, reindex_wider };
    Action action = Action::create;
    std::string schema{};  ///< as written, "" where the search_path decides; of the table for `create`
    std::string name{};    ///< of the index; "" where CREATE leaves it to PostgreSQL, and for reindex_table and _wider
    std::string table{};   ///< create, reindex_table
    bool if_exists = false;  ///< IF NOT EXISTS of create, IF EXISTS of drop
    bool operator==(const IndexBuild&) const = default;
};

/// ALTER TABLE … DETACH PARTITION … CONCURRENTLY, two transactions: a break between them leaves the detach pending.
struct PartitionDetach {
    std::string schema{};  ///< as written, "" where the search_path decides
    std::string table{};
    std::string partition_schema{};
    std::string partition{};
    bool operator==(const PartitionDetach&) const = default;
};

struct StatementFacts {
    TransactionNeed need = TransactionNeed::any;
    std::string kind;           ///< as people call it: "CREATE INDEX CONCURRENTLY", "COMMIT AND CHAIN", "ALTER TABLE"
    bool parsed = true;         ///< false: the parse tree was asked for and libpg_query could not give one
    std::string parse_error{};  ///< why not
    std::vector<std::string> creates_schemas{};  ///< CREATE SCHEMA without IF NOT EXISTS
    std::vector<std::string> drops_schemas{};
    bool copies_from_stdin = false;  ///< COPY … FROM STDIN, which has no data in a revision file
    bool validates = false;          ///< ALTER TABLE … VALIDATE CONSTRAINT alone: long, and nobody queues behind it
    std::optional<IndexBuild> index_build{};
    std::optional<PartitionDetach> detach{};
    bool operator==(const StatementFacts&) const = default;
};

/// The facts of one statement. Never fails; safe and fast on input of any size and depth (libpg_query recurses: a
/// limit of tokens stands before the parser, beyond which the text counts as not parsed).
StatementFacts facts_of(std::string_view statement);

/// A CREATE INDEX CONCURRENTLY as a plain and nameless one with the same definition on `table`, which is SQL.
std::string index_definition_on(std::string_view create_index, std::string_view table);

}  // namespace haetae::sql
