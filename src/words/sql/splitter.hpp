// SPDX-License-Identifier: Apache-2.0
// Cuts SQL text into statements with PostgreSQL's own scanner (libpg_query), so that quotes, dollar quotes, nested
// comments and BEGIN ATOMIC bodies stay whole, and finds the comments that stand at the start of a line, where part
// markers live.
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

/// A `-- …` comment whose `--` is the first thing on its line (column 1), outside strings and other comments.
struct LineComment {
    std::size_t begin = 0;
    std::size_t end = 0;  ///< without the line end
    std::size_t line = 1;
    bool operator==(const LineComment&) const = default;
};

struct Scan {
    std::vector<StatementSpan> statements;
    std::vector<LineComment> line_comments;
};

/// Scans `text`. Statements never span a line comment that `is_boundary` accepts: such a comment ends the statement
/// before it even without a semicolon. Errors: an unterminated quote or comment, with its place (`file` names the
/// source in the span); a psql backslash command; data of COPY … FROM stdin; a NUL byte.
base::Result<Scan> scan(std::string_view text, std::string_view file, bool (*is_boundary)(std::string_view comment) = nullptr);

/// The bytes of `text` from `begin` to `end` with comments taken out (each replaced by one blank) and outer blanks
/// removed: what a checksum is made of. Text inside quotes is untouched.
std::string without_comments(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace haetae::sql
