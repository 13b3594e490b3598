// SPDX-License-Identifier: Apache-2.0
// What a database holds at one moment, as three witnesses tell it who know nothing of each other: our own reading of
// the catalogs, pg_dump, and the roles and settings around it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/database.hpp"
#include "prove/dump.hpp"
#include "replay/replay.hpp"

namespace haetae::prove {

struct Portrait {
    model::Database model{};
    std::vector<DumpEntry> dump{};  ///< empty where there is no pg_dump
    replay::Surroundings surroundings{};
};

/// Of the current database, without haetae's own schema and the version tables. The dump runs beside the reading.
/// Errors: those of catalog::read, read_surroundings, Dump.
base::Result<Portrait> take_portrait(replay::Replay& replay, const std::optional<std::string>& pg_dump);

struct Contrast {
    std::string text{};              ///< a line a fact, "- " (only before) or "+ " (only after); "" = the same
    bool only_column_order = false;  ///< nothing but the order of columns differs
};

/// The model speaks first; pg_dump is quoted where it alone sees a difference.
Contrast contrast(const Portrait& before, const Portrait& after);

}  // namespace haetae::prove
