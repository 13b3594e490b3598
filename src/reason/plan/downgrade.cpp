// SPDX-License-Identifier: Apache-2.0
// Downgrade: everything applied that stands on what is above the target, newest first. What a command did not name, a
// sibling branch or another domain, is never undone in silence.
#include <fmt/format.h>

#include <algorithm>

#include "graph/lineage.hpp"
#include "graph/naming.hpp"
#include "plan/plan.hpp"
#include "plan/target.hpp"
#include "plan/version_rows.hpp"

namespace haetae::plan {

namespace {

using base::Error;
using graph::DomainName;
using graph::Edges;
using graph::Graph;
using graph::Node;
using graph::NodeSet;
using Anchor = graph::Address::Anchor;

base::Status check_applied(const Graph& graph, const VersionTables& tables, const Target& target) {
    for (const Node node : target.destination.nodes) {
        if (tables.is_applied(node)) continue;
        auto rows = tables.row_nodes();
        std::erase_if(rows, [&](Node row) { return graph.domain_index(row) != graph.domain_index(node); });
        return Error{
            .code = "HT0165",
            .sentence = fmt::format("{} is not applied, so there is no way down to it", graph::name_of(graph, node)),
            .hint = rows.empty() ? "nothing of its domain is applied; `haetae upgrade` goes up"
                                 : fmt::format("the database stands at {}; `haetae upgrade` goes up",
                                               graph::names_of(graph, rows))};
    }
    return base::Done{};
}

base::Status check_single(const Graph& graph, const Target& target) {
    const auto& nodes = target.destination.nodes;
    const auto same_domain = [&](Node a, Node b) { return graph.domain_index(a) == graph.domain_index(b); };
    if (std::adjacent_find(nodes.begin(), nodes.end(), same_domain) == nodes.end()) return base::Done{};
    return Error{.code = "HT0153",
                 .sentence = fmt::format("'{}' means {} revisions, and a downgrade goes to one: {}",
                                         target.address.text, nodes.size(), graph::names_of(graph, nodes)),
                 .hint = "name the revision that shall be the newest"};
}

/// The revisions just above the target: with them goes all that stands on them.
std::vector<Node> first_to_go(const Graph& graph, const Target& target) {
    const auto& [address, destination] = target;
    std::vector<Node> roots;
    for (const Node node : destination.nodes) {
        roots.insert(roots.end(), graph.children(node).begin(), graph.children(node).end());
    }
    if (target.is_base()) {
        for (const auto& domain : destination.domains) {
            const auto bases = graph.bases_of(domain);
            roots.insert(roots.end(), bases.begin(), bases.end());
        }
    }
    // Steps from here, or a walk that ends at the base, mean the line they were counted along.
    auto line_of = destination.branch;
    if (!line_of && (target.is_base() || address.anchor == Anchor::here)) line_of = destination.from;
    if (line_of) {
        const auto line = graph::lineage(graph, *line_of);
        std::erase_if(roots, [&](Node node) { return !line.has(node); });
    }
    return roots;
}

/// `left@base` must not take the branch beside `left`. What goes because it depends on `left` may go.
base::Status check_siblings(const Graph& graph, const Target& target, const std::vector<Node>& going) {
    if (!target.destination.branch) return base::Done{};
    const auto line = graph::lineage(graph, *target.destination.branch);
    NodeSet goes(graph.size());
    for (const Node node : going) goes.add(node);
    std::vector<Node> siblings;
    std::optional<Node> fork;
    for (const Node node : going) {
        if (line.has(node)) continue;
        for (const Node parent : graph.parents(node)) {
            if (!goes.has(parent) || !line.has(parent)) continue;
            if (siblings.empty() || siblings.back() != node) siblings.push_back(node);
            if (!fork) fork = parent;  // `going` is newest first, so this is the highest fork
        }
    }
    if (siblings.empty()) return base::Done{};
    const auto branch = *target.address.branch;
    return Error{.code = "HT0166",
                 .sentence = fmt::format("'{}' would also undo what stands beside branch {}: {}", target.address.text,
                                         branch, graph::names_of(graph, siblings)),
                 .hint = fmt::format("to undo {0} alone go to {0}@{1}, where it leaves the others; to undo all of it "
                                     "name {2}",
                                     branch, graph.at(*fork).id.text(),
                                     target.destination.nodes.empty()
                                         ? std::string("base")
                                         : graph::name_of(graph, target.destination.nodes.front()))};
}

base::Status check_scope(const Graph& graph, const Scope& scope, const Target& target, const std::vector<Node>& going) {
    if (!scope.named && !target.address.domain) return base::Done{};
    const auto named = scope.named ? scope.domains : std::vector<DomainName>{*target.address.domain};
    std::vector<Node> outside;
    std::vector<DomainName> domains;
    for (const Node node : going) {
        const auto& domain = graph.at(node).domain;
        if (std::find(named.begin(), named.end(), domain) != named.end()) continue;
        outside.push_back(node);
        if (std::find(domains.begin(), domains.end(), domain) == domains.end()) domains.push_back(domain);
    }
    if (outside.empty()) return base::Done{};
    std::string options;
    for (const auto& domain : named) options += fmt::format("-d {} ", domain.text());
    for (const auto& domain : domains) options += fmt::format("-d {} ", domain.text());
    return Error{
        .code = "HT0167",
        .sentence = fmt::format("'{}' would also undo revisions of other domains that depend on it: {}",
                                target.address.text, graph::names_of(graph, outside)),
        .hint = fmt::format("undo those first, or name their domains too: {}{}", options, target.address.text)};
}

std::vector<std::string> notes_on(const Graph& graph, const Target& target, const std::vector<Node>& going) {
    std::vector<std::string> notes;
    for (const auto& domain : target.destination.domains) {
        const auto goes = [&](Node node) { return graph.at(node).domain == domain; };
        if (std::any_of(going.begin(), going.end(), goes)) continue;
        const auto& nodes = target.destination.nodes;
        const auto node = std::find_if(nodes.begin(), nodes.end(), goes);
        notes.push_back(node == nodes.end()
                            ? fmt::format("{}: nothing is applied that could be undone", domain.text())
                            : fmt::format("{}: nothing above {} is applied", domain.text(), graph.at(*node).id.text()));
    }
    return notes;
}

}  // namespace

base::Result<Plan> plan_downgrade(const Graph& graph, const VersionRows& rows, const Scope& scope,
                                  std::string_view target_text) {
    auto tables = TRY(VersionTables::read(graph, rows));
    const auto target = TRY(read_target(graph, scope, target_text, BareSteps::down, tables.row_nodes()));
    TRY(check_single(graph, target));
    TRY(check_applied(graph, tables, target));

    const auto above = graph::descendants(graph, first_to_go(graph, target), Edges::all);
    std::vector<Node> going;
    for (const Node node : graph.topological()) {
        if (above.has(node) && tables.is_applied(node)) going.push_back(node);
    }
    std::reverse(going.begin(), going.end());
    TRY(check_siblings(graph, target, going));
    TRY(check_scope(graph, scope, target, going));

    Plan plan{.direction = Direction::down, .notes = notes_on(graph, target, going)};
    for (const Node node : going) plan.steps.push_back(tables.undo(node));
    return plan;
}

}  // namespace haetae::plan
