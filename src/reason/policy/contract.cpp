// SPDX-License-Identifier: Apache-2.0
// The first statement that takes something away decides.
#include "policy/contract.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sql/effect.hpp"

namespace haetae::policy {

namespace {

std::optional<std::string> why(const std::vector<revisions::Statement>& statements) {
    const auto found = std::find_if(statements.begin(), statements.end(), [](const revisions::Statement& statement) {
        return sql::effect_of(statement.sql) == sql::Effect::takes;
    });
    if (found == statements.end()) return std::nullopt;
    return fmt::format("{} in line {}", found->facts.kind, found->line);
}

}  // namespace

std::optional<std::string> why_contract(const graph::Revision& revision, const revisions::Parts& parts) {
    if (revision.phase) {
        if (*revision.phase == graph::Phase::contract) return "its header says so";
        return std::nullopt;
    }
    if (auto reason = why(parts.up.statements)) return reason;
    for (const auto& backfill : parts.backfills) {
        if (auto reason = why(backfill.statements)) return reason;
    }
    return std::nullopt;
}

}  // namespace haetae::policy
