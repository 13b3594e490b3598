// SPDX-License-Identifier: Apache-2.0
// Segments from what the statements need.
#include "plan/segments.hpp"

namespace haetae::plan {

std::vector<Segment> cut_segments(const revisions::Part& part, std::size_t first) {
    std::vector<Segment> segments;
    for (std::size_t i = first; i < part.statements.size(); ++i) {
        const bool outside = part.mode != revisions::TransactionMode::on &&
                             part.statements[i].facts.need == sql::TransactionNeed::outside;
        const bool alone = outside || part.mode == revisions::TransactionMode::off;
        const bool joins = !alone && !segments.empty() && segments.back().transactional;
        if (joins) {
            ++segments.back().count;
        } else {
            segments.push_back({.transactional = !outside, .first = i, .count = 1});
        }
    }
    if (segments.empty()) segments.push_back({.transactional = true, .first = part.statements.size(), .count = 0});
    return segments;
}

bool is_one_transaction(const revisions::Part& part) {
    const auto segments = cut_segments(part);
    return segments.size() == 1 && segments.front().transactional;
}

}  // namespace haetae::plan
