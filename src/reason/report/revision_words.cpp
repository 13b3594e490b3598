// SPDX-License-Identifier: Apache-2.0
// Words for one revision.
#include "report/revision_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "graph/phase.hpp"

namespace haetae::report {

using outcome::RevisionRow;

std::string head_mark(const RevisionRow& row) {
    switch (row.head) {
        case outcome::HeadKind::none:
            return "";
        case outcome::HeadKind::head:
            return "(head)";
        case outcome::HeadKind::effective:
            return "(effective head)";
    }
    BUG("a kind of head without a mark");
}

std::string marks_of(const RevisionRow& row, bool is_current) {
    std::vector<std::string> marks;
    if (is_current) marks.emplace_back("(current)");
    if (row.head != outcome::HeadKind::none) marks.push_back(head_mark(row));
    if (row.is_branch_point) marks.emplace_back("(branchpoint)");
    if (row.is_merge_point) marks.emplace_back("(mergepoint)");
    if (!row.labels.empty()) marks.push_back(fmt::format("[{}]", labels_of(row)));
    return fmt::format("{}", fmt::join(marks, " "));
}

std::string labels_of(const RevisionRow& row) {
    std::vector<std::string> words;
    for (const auto& label : row.labels) words.push_back(label.text());
    return fmt::format("{}", fmt::join(words, ", "));
}

std::string revises_words(const RevisionRow& row) {
    if (row.revises.empty()) return "<base>";
    std::vector<std::string> words;
    for (const auto& parent : row.revises) words.push_back(parent.text());
    return fmt::format("{}", fmt::join(words, ", "));
}

std::string name_seen_from(const graph::DomainName& domain, const outcome::RevisionName& name) {
    return name.domain == domain ? name.id.text() : fmt::format("{}:{}", name.domain.text(), name.id.text());
}

std::string depends_on_words(const RevisionRow& row) {
    std::vector<std::string> words;
    for (const auto& name : row.depends_on) words.push_back(name_seen_from(row.domain, name));
    return fmt::format("{}", fmt::join(words, ", "));
}

std::string line_of(const RevisionRow& row) {
    const auto marks = marks_of(row, false);
    return fmt::format("{}:{}{}{} {}\n", row.domain.text(), row.id.text(), marks.empty() ? "" : " ", marks,
                       row.message);
}

std::string paragraph_of(const RevisionRow& row, bool is_current) {
    const auto marks = marks_of(row, is_current);
    std::string text = fmt::format("Revision ID: {}{}{}\n", row.id.text(), marks.empty() ? "" : " ", marks);
    text += fmt::format("Domain: {}\nRevises: {}\n", row.domain.text(), revises_words(row));
    if (!row.depends_on.empty()) text += fmt::format("Depends on: {}\n", depends_on_words(row));
    if (!row.created.empty()) text += fmt::format("Create Date: {}\n", row.created);
    if (row.phase) text += fmt::format("Phase: {}\n", graph::phase_word(*row.phase));
    if (!row.file.empty()) text += fmt::format("File: {}\n", row.file);
    if (!row.message.empty()) text += fmt::format("\n    {}\n", row.message);
    return text;
}

bool is_among(const RevisionRow& row, std::span<const outcome::RevisionName> names) {
    return std::any_of(names.begin(), names.end(), [&](const outcome::RevisionName& name) {
        return name.domain == row.domain && name.id == row.id;
    });
}

}  // namespace haetae::report
