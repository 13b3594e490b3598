// SPDX-License-Identifier: Apache-2.0
// One `-- migrate:…` line: which part it starts, with what options.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "revisions/parts.hpp"
#include "sql/splitter.hpp"

namespace haetae::revisions {

enum class MarkerKind { up, backfill, down, irreversible };

struct Marker {
    MarkerKind kind = MarkerKind::up;
    std::size_t offset = 0;  ///< of its dashes
    std::size_t length = 0;
    std::size_t line = 1;
    TransactionMode mode = TransactionMode::automatic;           ///< up, down
    std::vector<std::pair<std::string, std::string>> options{};  ///< backfill
    std::string reason{};                                        ///< irreversible
};

/// The marker that `comment` of `text` is; absent when it is a usual comment. Errors: HT0210 it is nearly one
/// (misspelt, indented, another tool's), HT0213 an option that it does not take.
base::Result<std::optional<Marker>> read_marker(std::string_view text, std::string_view file,
                                                const sql::LineComment& comment);

}  // namespace haetae::revisions
