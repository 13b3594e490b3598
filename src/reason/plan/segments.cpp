// SPDX-License-Identifier: Apache-2.0
// Segments from what the statements need.
#include "plan/segments.hpp"

#include "sql/leading_words.hpp"

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

std::vector<std::size_t> earlier_settings(const revisions::Part& part, std::size_t before) {
    std::vector<std::size_t> settings;
    for (std::size_t i = 0; i < before; ++i) {
        sql::LeadingWords words(part.statements[i].sql);
        const bool is_setting = words.is(0, "reset") || (words.is(0, "set") && !words.is(1, "local") &&
                                                         !words.is(1, "constraints") && !words.is(1, "transaction"));
        if (is_setting) settings.push_back(i);
    }
    return settings;
}

}  // namespace haetae::plan
