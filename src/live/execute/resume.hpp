// SPDX-License-Identifier: Apache-2.0
// What became of a statement that was sent alone and whose answer never came: asked of the catalog, not guessed.
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

/// Drops an invalid index that nobody is building. Returns its name where it did.
base::Result<std::optional<std::string>> drop_invalid(connect::Connection& connection, const sql::IndexBuild& build);

/// The session's search_path must be the one that the statement ran with.
base::Result<Effect> effect_of(connect::Connection& connection, const revisions::Statement& statement);

}  // namespace haetae::execute
