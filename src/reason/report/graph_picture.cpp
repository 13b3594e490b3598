// SPDX-License-Identifier: Apache-2.0
// The two pictures. Only parents are lanes: dependencies cross domains, and a drawing of both is a knot.
#include "report/graph_picture.hpp"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "report/lanes.hpp"
#include "report/revision_words.hpp"

namespace haetae::report {

namespace {

using outcome::RevisionRow;

std::string words_beside(const RevisionRow& row) {
    std::string text = row.id.text();
    if (const auto marks = marks_of(row, false); !marks.empty()) text += " " + marks;
    if (!row.message.empty()) text += " " + row.message;
    if (!row.depends_on.empty()) text += fmt::format("  (needs {})", depends_on_words(row));
    return text;
}

std::string drawing_of(std::span<const RevisionRow> rows, const graph::DomainName& domain) {
    std::vector<LaneNode> nodes;
    std::map<graph::RevisionId, std::size_t> position;
    for (const auto& row : rows) {
        if (row.domain != domain) continue;
        LaneNode node{.text = words_beside(row)};
        for (const auto& parent : row.revises) {
            if (const auto found = position.find(parent); found != position.end())
                node.parents.push_back(found->second);
        }
        position.emplace(row.id, nodes.size());
        nodes.push_back(std::move(node));
    }
    return nodes.empty() ? "(no revisions)\n" : draw_lanes(nodes);
}

/// A quoted string of the dot language.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out.push_back('\\');
        out.push_back(c);
    }
    return out + "\"";
}

std::string node_name(const graph::DomainName& domain, const graph::RevisionId& id) {
    return quoted(domain.text() + ":" + id.text());
}

/// A label of two lines: quoted() doubles backslashes, so the line break is put between the quoted halves.
std::string node_label(const RevisionRow& row) {
    const auto marks = marks_of(row, false);
    std::string first = quoted(row.id.text() + (marks.empty() ? "" : " " + marks));
    first.pop_back();
    return first + "\\n" + quoted(row.message).substr(1);
}

}  // namespace

std::string graph_text(std::span<const graph::DomainName> domains, std::span<const RevisionRow> rows) {
    std::string text;
    for (const auto& domain : domains) {
        if (!text.empty()) text += "\n";
        text += domain.text() + "\n" + drawing_of(rows, domain);
    }
    return text;
}

std::string graph_dot(std::span<const graph::DomainName> domains, std::span<const RevisionRow> rows) {
    std::string text = "digraph haetae {\n    rankdir=TB;\n    node [shape=box];\n";
    for (std::size_t i = 0; i < domains.size(); ++i) {
        text += fmt::format("    subgraph cluster_{} {{\n        label={};\n", i, quoted(domains[i].text()));
        for (const auto& row : rows) {
            if (row.domain != domains[i]) continue;
            text += fmt::format("        {} [label={}];\n", node_name(row.domain, row.id), node_label(row));
        }
        text += "    }\n";
    }
    for (const auto& row : rows) {
        const auto to = node_name(row.domain, row.id);
        for (const auto& parent : row.revises)
            text += fmt::format("    {} -> {};\n", node_name(row.domain, parent), to);
        for (const auto& name : row.depends_on) {
            text += fmt::format("    {} -> {} [style=dashed];\n", node_name(name.domain, name.id), to);
        }
    }
    return text + "}\n";
}

}  // namespace haetae::report
