// SPDX-License-Identifier: Apache-2.0
// What became of a statement that was sent alone and whose answer never came: asked of the catalog, not guessed. The
// session's search_path must be the one that the statement ran with.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "connect/connection.hpp"
#include "revisions/parts.hpp"

namespace haetae::execute {

enum class Effect {
    finished,  ///< what it does is there
    again,     ///< nothing remains of it, or running it again does no harm
    unknown,   ///< cannot be told
};

/// Clears away what the broken statement has left: an invalid index of CREATE INDEX CONCURRENTLY, the transient ones of
/// REINDEX CONCURRENTLY (manual, REINDEX, "Rebuilding Indexes Concurrently"), or a partition whose detaching is pending
/// (manual, ALTER TABLE, DETACH PARTITION). Leaves alone what another session is building. Says what it did, if
/// anything.
base::Result<std::optional<std::string>> clear_left_behind(connect::Connection& connection,
                                                           const revisions::Statement& statement);

/// To be asked once clear_left_behind has been. Errors: HT0632 a valid index of that name has another definition,
/// HT0633 another session is building it.
base::Result<Effect> effect_of(connect::Connection& connection, const revisions::Statement& statement);

}  // namespace haetae::execute
