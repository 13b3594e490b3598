// SPDX-License-Identifier: Apache-2.0
// The reports that show SQL: plan and show. Statements stand as they are written in their file, with their line, under
// the transaction in which they run.
#include <fmt/format.h>

#include <algorithm>

#include "report/revision_words.hpp"
#include "report/text.hpp"

namespace haetae::report {

namespace {

using outcome::PartText;
using outcome::RevisionDetail;

std::string indented(std::string_view text, std::string_view blanks) {
    std::string out;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!line.empty()) out.append(blanks).append(line);
        out += '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::string statement_words(const outcome::StatementText& statement) {
    // The line number stands apart from the SQL, so that the SQL can be copied.
    return fmt::format("    line {}:\n{}", statement.line, indented(statement.sql + ";", "        "));
}

/// "in one transaction", "statement 2 of 3, outside a transaction"
std::string group_words(const outcome::StatementGroup& group) {
    if (!group.transactional) return "outside a transaction";
    return "in one transaction";
}

std::string part_words(const PartText& part) {
    if (part.statement_count() == 0) return "    (no statements)\n";
    std::string text;
    for (const auto& group : part.groups) {
        text += fmt::format("  {}:\n", group_words(group));
        for (const auto& statement : group.statements) text += statement_words(statement);
    }
    return text;
}

template <typename Ids>
std::string joined(const Ids& ids) {
    std::vector<std::string> words;
    for (const auto& id : ids) words.push_back(id.text());
    return words.empty() ? "(none)" : fmt::format("{}", fmt::join(words, ", "));
}

std::string neighbours_words(const RevisionDetail& revision) {
    std::string text;
    if (!revision.children.empty()) text += fmt::format("Revised by: {}\n", joined(revision.children));
    if (!revision.dependents.empty()) {
        std::vector<std::string> words;
        for (const auto& name : revision.dependents) words.push_back(name_seen_from(revision.row.domain, name));
        text += fmt::format("Needed by: {}\n", fmt::join(words, ", "));
    }
    if (!revision.replaces.empty()) text += fmt::format("Replaces: {}\n", joined(revision.replaces));
    for (const auto& [key, value] : revision.extra) text += fmt::format("{}: {}\n", key, value);
    return text;
}

std::string detail_words(const RevisionDetail& revision) {
    // The neighbours belong between the header's own lines and the message.
    auto text = paragraph_of(revision.row, false);
    const auto message = std::min(text.find("\n\n"), text.size() - 1) + 1;
    text.insert(message, neighbours_words(revision));
    text += fmt::format("\nup\n{}", part_words(revision.up));
    for (const auto& backfill : revision.backfills) {
        std::string options;
        for (const auto& [key, value] : backfill.options) options += fmt::format(" {}={}", key, value);
        text += fmt::format("\nbackfill{}\n{}", options, part_words(backfill.part));
    }
    if (revision.down) {
        text += fmt::format("\ndown\n{}", part_words(*revision.down));
    } else {
        text +=
            "\nirreversible" + (revision.irreversible_reason.empty() ? "" : ": " + revision.irreversible_reason) + "\n";
    }
    return text;
}

std::string step_words(const outcome::PlannedStep& step, std::size_t number) {
    std::string text = fmt::format("{}. {} {}:{} {}\n", number, step.is_up ? "up" : "down", step.row.domain.text(),
                                   step.row.id.text(), step.row.message);
    text += fmt::format("  {}\n", step.row.file);
    text += fmt::format("  {}: {} -> {}\n", step.version_table, joined(step.from), joined(step.to));
    if (step.irreversible) {
        text += "  irreversible" + (step.irreversible->empty() ? "" : ": " + *step.irreversible) + "\n";
        return text;
    }
    text += part_words(step.part);
    if (step.backfills > 0) text += fmt::format("  then {} in batches\n", counted(step.backfills, "backfill"));
    return text;
}

}  // namespace

std::string show_text(std::span<const RevisionDetail> revisions) {
    std::string text;
    for (const auto& revision : revisions) {
        if (!text.empty()) text += "\n" + std::string(72, '-') + "\n\n";
        text += detail_words(revision);
    }
    return text;
}

std::string plan_text(const outcome::PlannedRun& run) {
    std::string text;
    for (std::size_t i = 0; i < run.steps.size(); ++i) {
        if (!text.empty()) text += "\n";
        text += step_words(run.steps[i], i + 1);
    }
    return text;
}

}  // namespace haetae::report
