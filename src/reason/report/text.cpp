// SPDX-License-Identifier: Apache-2.0
// Revisions in words: the lines of heads, history, branches, current and status, and the paragraphs of their verbose
// forms.
#include "report/text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/revision_words.hpp"
#include "report/table.hpp"

namespace haetae::report {

namespace {

using outcome::RevisionName;
using outcome::RevisionRow;

std::string paragraphs(std::span<const RevisionRow> rows, std::span<const RevisionName> current) {
    std::string text;
    for (const auto& row : rows) {
        if (!text.empty()) text += "\n";
        text += paragraph_of(row, is_among(row, current));
    }
    return text;
}

std::string ids_of(const std::vector<RevisionRow>& rows) {
    std::vector<std::string> ids;
    for (const auto& row : rows) ids.push_back(row.id.text());
    return fmt::format("{}", fmt::join(ids, ", "));
}

std::string in_progress_words(const outcome::DomainStatus& status) {
    std::vector<std::string> words;
    for (const auto& step : status.in_progress) words.push_back(fmt::format("{} ({})", step.id.text(), step.direction));
    return fmt::format("{}", fmt::join(words, ", "));
}

std::string or_dash(std::string text) {
    return text.empty() ? "-" : text;
}

}  // namespace

std::string heads_text(std::span<const RevisionRow> heads, bool verbose) {
    if (verbose) return paragraphs(heads, {});
    Table table({"DOMAIN", "HEAD", "LABELS", "MESSAGE"});
    for (const auto& row : heads) {
        const bool effective = row.head == outcome::HeadKind::effective;
        table.add(
            {row.domain.text(), row.id.text(), labels_of(row), row.message + (effective ? " (effective head)" : "")});
    }
    return table.text();
}

std::string history_text(std::span<const RevisionRow> rows, std::span<const RevisionName> current, bool verbose) {
    if (verbose) return paragraphs(rows, current);
    Table table({"DOMAIN", "REVISION", "REVISES", "DEPENDS ON", "MESSAGE"});
    for (const auto& row : rows) {
        const auto marks = marks_of(row, is_among(row, current));
        table.add({row.domain.text(), row.id.text(), revises_words(row), depends_on_words(row),
                   row.message + (marks.empty() ? "" : " " + marks)});
    }
    return table.text();
}

std::string branches_text(std::span<const outcome::Branch> branches, bool verbose) {
    std::string text;
    for (const auto& branch : branches) {
        if (!text.empty()) text += "\n";
        text += verbose ? paragraph_of(branch.point, false) : line_of(branch.point);
        for (const auto& child : branch.children) text += "  -> " + line_of(child);
    }
    return text;
}

std::string current_text(std::span<const outcome::DomainStatus> domains, bool verbose) {
    if (verbose) {
        std::vector<RevisionRow> rows;
        for (const auto& status : domains) rows.insert(rows.end(), status.current.begin(), status.current.end());
        return paragraphs(rows, {});
    }
    Table table({"DOMAIN", "CURRENT", "LABELS", "MESSAGE"});
    for (const auto& status : domains) {
        if (status.current.empty()) table.add({status.domain.text(), "-", "", ""});
        for (const auto& row : status.current) {
            const auto mark = head_mark(row);
            table.add(
                {status.domain.text(), row.id.text(), labels_of(row), row.message + (mark.empty() ? "" : " " + mark)});
        }
        for (const auto& step : status.in_progress) {
            table.add({status.domain.text(), step.id.text(), "", fmt::format("(in progress: {})", step.direction)});
        }
    }
    return table.text();
}

std::string status_text(std::span<const outcome::DomainStatus> domains) {
    Table table({"DOMAIN", "HEAD", "CURRENT", "PENDING", "IN PROGRESS"});
    for (const auto& status : domains) {
        table.add({status.domain.text() + (status.deprecated ? " (deprecated)" : ""), or_dash(ids_of(status.heads)),
                   or_dash(ids_of(status.current)), fmt::format("{}", status.pending.size()),
                   in_progress_words(status)});
    }
    return table.text();
}

std::string counted(std::size_t count, const std::string& noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace haetae::report
