// SPDX-License-Identifier: Apache-2.0
// The SQL of a revision file, cut into its parts and statements, with its checksums.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/source_span.hpp"
#include "sql/statement.hpp"

namespace haetae::revisions {

enum class TransactionMode { automatic, on, off };

struct Statement {
    std::string sql;         ///< as written, comments inside it kept; no semicolon
    std::size_t offset = 0;  ///< byte offset of `sql` in the file
    std::size_t line = 1;    ///< in the file, from 1
    sql::StatementFacts facts{};
};

/// Everything between `-- migrate:up` (or down) and the next marker.
struct Part {
    TransactionMode mode = TransactionMode::automatic;
    std::vector<Statement> statements{};
    std::size_t line = 1;  ///< of the marker
};

/// `-- migrate:backfill table=… batch=… pause=…`
struct BackfillPart {
    std::vector<std::pair<std::string, std::string>> options{};
    std::vector<Statement> statements{};
    std::size_t line = 1;
};

struct Parts {
    Part up{};
    std::vector<BackfillPart> backfills{};
    std::optional<Part> down{};  ///< absent: irreversible
    std::optional<std::string>
        irreversible_reason{};  ///< present exactly where the file says migrate:irreversible; may be ""
    std::string up_checksum;    ///< SHA-256, hex, over the statements of up and backfills, comments removed
    std::string down_checksum;  ///< the same over down; "" where there is none
};

/// Cuts the text of a revision file (header included, but not judged). `file` names it in errors. Parts stand in the
/// order up, backfills, then down or irreversible; a part may be empty (merges are).
/// Errors, each with its place: all of sql::scan; HT0206 a statement outside any part; HT0210 an unknown, indented or
/// foreign marker; HT0211 a part twice or out of order; HT0212 no up part; HT0213 an option that the marker does not
/// take; HT0214 a statement that controls transactions, in any part and mode: haetae's own bookkeeping stands in the
/// same transaction; HT0215 a statement that cannot run in a transaction where there must be one (mode `on`, backfill).
base::Result<Parts> cut_parts(std::string_view text, std::string_view file);

}  // namespace haetae::revisions
