// SPDX-License-Identifier: Apache-2.0
// Cuts SQL text into statements by PostgreSQL's lexical rules, as psql does: quotes, dollar quotes, nested comments,
// parentheses and BEGIN ATOMIC bodies stay whole. Finds the comments that stand at the start of a line, where part
// markers live, and refuses what only psql understands.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace haetae::sql {

/// One statement: [begin, end) in bytes, from its first to its last token; no semicolon, no outer blanks or comments.
struct StatementSpan {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t line = 1;  ///< of `begin`, from 1
    bool operator==(const StatementSpan&) const = default;
};

/// A `-- …` comment that is the first thing on its line, outside strings and other comments.
struct LineComment {
    std::size_t begin = 0;
    std::size_t end = 0;  ///< without the line end
    std::size_t line = 1;
    bool indented = false;  ///< blanks stand before it; false: `--` is in column 1 (a byte order mark does not count)
    bool operator==(const LineComment&) const = default;
};

struct Scan {
    std::vector<StatementSpan> statements;
    std::vector<LineComment> line_comments;
};

/// Scans `text`, a byte order mark at its start skipped; empty statements are left out. Statements never span a line
/// comment in column 1 that `is_boundary` accepts: such a comment ends the statement before it even without a
/// semicolon. `file` names the source in errors: HT0200 not UTF-8 or a NUL byte; HT0216 COPY … FROM STDIN, whose data
/// a revision cannot hold; HT0217 a psql backslash command; HT0218 a quote, comment, dollar quote, parenthesis or
/// BEGIN ATOMIC that is never closed, with the place where it opens.
base::Result<Scan> scan(std::string_view text, std::string_view file,
                        bool (*is_boundary)(std::string_view comment) = nullptr);

/// The tokens of `statement` with one blank between each two, comments left out: equal for
/// texts that differ in comments, line ends and layout only. Text inside quotes (function bodies too) is untouched.
/// What a checksum is made of.
std::string canonical_text(std::string_view statement);

}  // namespace haetae::sql
