// SPDX-License-Identifier: Apache-2.0
// How a revision's part is cut for running: what goes together in one transaction, and what stands alone.
#pragma once

#include <cstddef>
#include <vector>

#include "revisions/parts.hpp"

namespace haetae::plan {

/// Statements [first, first + count) of a part.
struct Segment {
    bool transactional = true;  ///< false: one statement that PostgreSQL refuses in a transaction block, sent alone
    std::size_t first = 0;
    std::size_t count = 0;
    bool operator==(const Segment&) const = default;
};

/// Cuts the statements of `part` from number `first` on. Mode `on`: one segment. `automatic`: each statement that must
/// run outside a transaction alone, each run of others together. `off`: every statement alone. An empty part is one
/// empty transactional segment. Never empty.
std::vector<Segment> cut_segments(const revisions::Part& part, std::size_t first = 0);

/// True when the whole part runs in one transaction.
bool is_one_transaction(const revisions::Part& part);

}  // namespace haetae::plan
