// SPDX-License-Identifier: Apache-2.0
// The statements of one part of a revision as they would run: cut into groups, each one transaction or one statement
// that PostgreSQL takes only outside of one.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace haetae::outcome {

struct StatementText {
    std::string sql;       ///< passwords masked; no semicolon
    std::size_t line = 1;  ///< in its file
    bool operator==(const StatementText&) const = default;
};

struct StatementGroup {
    bool transactional = true;
    std::vector<StatementText> statements{};
    bool operator==(const StatementGroup&) const = default;
};

struct PartText {
    std::vector<StatementGroup> groups{};

    [[nodiscard]] bool is_one_transaction() const { return groups.size() == 1 && groups.front().transactional; }
    [[nodiscard]] std::size_t statement_count() const {
        std::size_t count = 0;
        for (const auto& group : groups) count += group.statements.size();
        return count;
    }
    bool operator==(const PartText&) const = default;
};

}  // namespace haetae::outcome
