// SPDX-License-Identifier: Apache-2.0
// Where one domain stands in a database: what is applied, what would run, what stopped part-way.
#pragma once

#include <string>
#include <vector>

#include "outcome/revision_row.hpp"

namespace haetae::outcome {

/// A revision that stopped part-way; running the same command again resumes it.
struct InProgress {
    graph::RevisionId id;
    std::string direction;  ///< up or down
    bool operator==(const InProgress&) const = default;
};

struct DomainStatus {
    graph::DomainName domain;
    bool deprecated = false;
    std::vector<RevisionRow> heads{};    ///< of the files
    std::vector<RevisionRow> current{};  ///< the version rows, and the heads that they imply
    std::vector<RevisionRow> pending{};  ///< in the order in which they would run
    std::vector<InProgress> in_progress{};

    /// Every revision is applied, and none is part-way.
    [[nodiscard]] bool is_at_heads() const { return pending.empty() && in_progress.empty(); }
    bool operator==(const DomainStatus&) const = default;
};

}  // namespace haetae::outcome
