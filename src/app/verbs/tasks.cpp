// SPDX-License-Identifier: Apache-2.0
// Memory is bounded: beyond a budget the SQL of a step is dropped after its check.
#include "verbs/tasks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "os/file.hpp"
#include "os/parallel.hpp"
#include "plan/runnable.hpp"
#include "revisions/folder.hpp"

namespace haetae::verbs {

namespace {

constexpr std::size_t file_bytes_max = std::size_t{16} * 1024 * 1024;
constexpr std::size_t kept_bytes_max = std::size_t{64} * 1024 * 1024;
constexpr std::size_t batch_size = 128;  ///< files read side by side, and held at once

base::Status check_id_length(const graph::Revision& revision, const ledger::VersionTable& table) {
    if (revision.id.text().size() <= table.id_length_max) return base::Done{};
    return base::Error{.code = "HT0623",
                       .sentence = fmt::format(
                           "revision id {} has {} characters; the version table of domain {} holds {}",
                           revision.id.text(), revision.id.text().size(), revision.domain.text(), table.id_length_max),
                       .hint = "give the revision a shorter id",
                       .database_state = "nothing was changed"};
}

base::Result<execute::Task> read_task(const Workspace& workspace, const plan::Step& step, bool out_of_order) {
    const auto& revision = workspace.graph.at(step.node);
    auto parts = TRY(runnable_parts(workspace, revision, step.direction));
    const bool is_up = step.direction == plan::Direction::up;
    return execute::Task{.domain = workspace.domain_of(step.node),
                         .revision = revision.id,
                         .direction = step.direction,
                         .row_changes = step.row_changes,
                         .part = is_up ? std::move(parts.up) : *std::move(parts.down),
                         .up_checksum = parts.up_checksum,
                         .down_checksum = parts.down_checksum,
                         .path = os::join(workspace.settings.root, revision.file),
                         .file = revision.file,
                         .out_of_order = out_of_order};
}

/// Marks the whole line `span` names, as it stands in the file at `path`.
base::SourceSpan span_of_line(const std::string& path, base::SourceSpan span) {
    const auto text = os::read_file(path, file_bytes_max);
    if (!text) return span;
    std::size_t begin = 0;
    for (std::size_t line = 1; line < span.line; ++line) {
        const auto end = text->find('\n', begin);
        if (end == std::string::npos) return span;
        begin = end + 1;
    }
    const auto end = std::min(text->find_first_of("\r\n", begin), text->size());
    const auto word = std::min(text->find_first_not_of(" \t", begin), end);
    return base::span_at(span.file, *text, word, std::max<std::size_t>(end - word, 1));
}

std::size_t bytes_of(const revisions::Part& part) {
    return std::accumulate(
        part.statements.begin(), part.statements.end(), std::size_t{0},
        [](std::size_t sum, const revisions::Statement& statement) { return sum + statement.sql.size(); });
}

}  // namespace

base::Result<revisions::Parts> runnable_parts(const Workspace& workspace, const graph::Revision& revision,
                                              plan::Direction direction) {
    auto parts = TRY(revisions::load_parts(workspace.settings, revision));
    auto status = plan::check_runnable(workspace.settings, revision, parts, direction);
    if (status) return parts;
    auto error = std::move(status).error();
    if (error.span && error.span->line > 0) {
        error.span = span_of_line(os::join(workspace.settings.root, revision.file), *std::move(error.span));
    }
    return error;
}

base::Result<Tasks> Tasks::prepare(const Workspace& workspace, const ledger::VersionTables& tables,
                                   const plan::Plan& plan, std::span<const graph::Node> out_of_order) {
    Tasks tasks;
    for (const auto node : out_of_order) tasks.steps_.push_back({.node = node, .direction = plan::Direction::up});
    tasks.steps_.insert(tasks.steps_.end(), plan.steps.begin(), plan.steps.end());
    std::size_t kept_bytes = 0;
    std::vector<base::Result<execute::Task>> batch;
    for (std::size_t i = 0; i < tasks.steps_.size(); ++i) {
        const auto& revision = workspace.graph.at(tasks.steps_[i].node);
        TRY(check_id_length(revision, tables.at(revision.domain)));
        if (i % batch_size == 0) {
            batch = os::map_indexes<base::Result<execute::Task>>(
                std::min(batch_size, tasks.steps_.size() - i), [&](std::size_t of_batch) {
                    const auto step = i + of_batch;
                    return read_task(workspace, tasks.steps_[step], step < out_of_order.size());
                });
        }
        auto task = TRY(std::move(batch[i % batch_size]));
        if (task.direction == plan::Direction::up) {
            for (const auto& statement : task.part.statements) {
                const auto& created = statement.facts.creates_schemas;
                tasks.created_schemas_.insert(created.begin(), created.end());
            }
        }
        const auto bytes = bytes_of(task.part);
        const bool keep = kept_bytes + bytes <= kept_bytes_max;
        if (keep) {
            kept_bytes += bytes;
        } else {
            task.part = {};
        }
        tasks.is_kept_.push_back(keep);
        tasks.tasks_.push_back(std::move(task));
    }
    return tasks;
}

base::Result<execute::Task> Tasks::take(const Workspace& workspace, std::size_t index) {
    if (is_kept_[index]) return std::move(tasks_[index]);
    return read_task(workspace, steps_[index], tasks_[index].out_of_order);
}

}  // namespace haetae::verbs
