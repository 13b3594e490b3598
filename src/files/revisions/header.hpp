// SPDX-License-Identifier: Apache-2.0
// The header of a revision file: the comment lines before its first part, as a graph::Revision. What it may say is
// docs/reference/revision-file.md.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "graph/revision.hpp"

namespace haetae::revisions {

/// What version_num varchar(32), as Alembic and haetae create it, holds.
inline constexpr std::size_t revision_id_chars = 32;
/// The most that is read: somebody's version table may have a wider column. Whether the one at hand holds an id is
/// known where the table is.
inline constexpr std::size_t revision_id_chars_max = 255;

/// The header of `text`; `file` names it in errors and becomes Revision::file; the domain is left for the caller.
/// Errors: HT0200 not UTF-8 or a NUL byte in the header, HT0201 no header, or one without `Revision ID` or `Revises`,
/// HT0202 a key near a known one, HT0203 a key given twice, HT0204 an id that cannot be one, HT0205 a value that its
/// key does not take.
base::Result<graph::Revision> parse_header(std::string_view text, std::string_view file);

/// What is wrong with `id` as a revision id, as a sentence's end ("is longer than 32 characters"); "" when nothing.
std::string fault_of_id(std::string_view id, std::size_t chars_max = revision_id_chars);

/// The same for a branch label.
std::string fault_of_label(std::string_view label);

}  // namespace haetae::revisions
