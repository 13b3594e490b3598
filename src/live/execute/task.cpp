// SPDX-License-Identifier: Apache-2.0
// A step read from its file and checked, with the place of what hinders it.
#include "execute/task.hpp"

#include <algorithm>

#include "os/file.hpp"
#include "plan/runnable.hpp"
#include "revisions/folder.hpp"

namespace haetae::execute {

namespace {

/// Marks the whole line `span` names, as it stands in the file at `path`.
base::SourceSpan span_of_line(const std::string& path, base::SourceSpan span) {
    const auto text = os::read_file(path, revisions::revision_bytes_max);
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

}  // namespace

base::Result<revisions::Parts> runnable_parts(const settings::Settings& settings, const graph::Revision& revision,
                                              plan::Direction direction) {
    auto parts = TRY(revisions::load_parts(settings, revision));
    auto status = plan::check_runnable(settings, revision, parts, direction);
    if (status) return parts;
    auto error = std::move(status).error();
    if (error.span && error.span->line > 0) {
        error.span = span_of_line(os::join(settings.root, revision.file), *std::move(error.span));
    }
    return error;
}

base::Result<Task> read_task(const settings::Settings& settings, const graph::Graph& graph, const plan::Step& step,
                             bool out_of_order) {
    const auto& revision = graph.at(step.node);
    const auto* domain = settings.find_domain(revision.domain);
    BUG_IF(domain == nullptr, "a revision of a domain that the settings lack");
    auto parts = TRY(runnable_parts(settings, revision, step.direction));
    const bool is_up = step.direction == plan::Direction::up;
    return Task{.domain = *domain,
                .revision = revision.id,
                .direction = step.direction,
                .row_changes = step.row_changes,
                .part = is_up ? std::move(parts.up) : *std::move(parts.down),
                .up_checksum = parts.up_checksum,
                .down_checksum = parts.down_checksum,
                .path = os::join(settings.root, revision.file),
                .file = revision.file,
                .out_of_order = out_of_order};
}

}  // namespace haetae::execute
