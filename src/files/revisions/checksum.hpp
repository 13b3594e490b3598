// SPDX-License-Identifier: Apache-2.0
// SHA-256 over what statements say, not over how they are laid out: an edited comment or another line end changes
// nothing, an edited statement does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "revisions/parts.hpp"

namespace haetae::revisions {

/// SHA-256 of `bytes` in lower-case hex.
std::string sha256(std::string_view bytes);

/// Of one part: sha256 over each statement's sql::canonical_text followed by ";\n".
std::string checksum_of(const std::vector<Statement>& statements);

/// Of up with its backfills: as above, and before the statements of a backfill the line "backfill table=TABLE\n"
/// (without " table=TABLE" where none is named): batch, pause and throttle may change freely.
std::string checksum_of(const Part& up, const std::vector<BackfillPart>& backfills);

}  // namespace haetae::revisions
