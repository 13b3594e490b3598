// SPDX-License-Identifier: Apache-2.0
// Cutting a part for showing.
#include "verbs/part_text.hpp"

#include "plan/segments.hpp"
#include "sql/secrets.hpp"

namespace haetae::verbs {

namespace {

outcome::StatementText statement_text(const revisions::Statement& statement) {
    return {.sql = sql::mask_secrets(statement.sql), .line = statement.line};
}

}  // namespace

outcome::PartText part_text(const revisions::Part& part) {
    outcome::PartText text;
    for (const auto& segment : plan::cut_segments(part)) {
        outcome::StatementGroup group{.transactional = segment.transactional};
        for (std::size_t i = segment.first; i < segment.first + segment.count; ++i) {
            group.statements.push_back(statement_text(part.statements[i]));
        }
        text.groups.push_back(std::move(group));
    }
    return text;
}

outcome::PartText part_text(const revisions::BackfillPart& part) {
    outcome::StatementGroup group;
    for (const auto& statement : part.statements) group.statements.push_back(statement_text(statement));
    return {.groups = {std::move(group)}};
}

}  // namespace haetae::verbs
