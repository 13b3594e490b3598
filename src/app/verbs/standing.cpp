// SPDX-License-Identifier: Apache-2.0
// Reading where a database stands.
#include "verbs/standing.hpp"

#include <algorithm>

#include "plan/version_rows.hpp"
#include "protect/mark.hpp"
#include "verbs/emergency.hpp"

namespace haetae::verbs {

namespace {

bool holds(const std::vector<graph::Node>& sorted, graph::Node node) {
    return std::binary_search(sorted.begin(), sorted.end(), node);
}

}  // namespace

bool asks_database(const graph::Address& address) {
    return address.anchor == graph::Address::Anchor::here || address.anchor == graph::Address::Anchor::current;
}

base::Result<Standing> read_standing(const Workspace& workspace, const cli::Given& given, cli::Talk& talk) {
    const auto target = TRY(find_target(workspace.settings, given, talk));
    auto connection = TRY(open_to_look(target, talk));
    auto rows = rows_of(TRY(read_tables(connection, workspace.settings)));
    const auto& scope = workspace.scope.domains;
    std::erase_if(rows,
                  [&](const auto& entry) { return std::find(scope.begin(), scope.end(), entry.first) == scope.end(); });
    const auto tables = TRY(plan::VersionTables::read(workspace.graph, rows));
    auto in_progress = TRY(ledger::read_progress(connection, workspace.settings.ledger_schema));
    auto mark = TRY(protect::read_mark(connection, workspace.settings.ledger_schema));
    return Standing{.database = target.described(),
                    .rows = tables.row_nodes(),
                    .applied = tables.applied().list(),
                    .in_progress = std::move(in_progress),
                    .mark = std::move(mark),
                    .emergency = last_emergency(connection, workspace.settings.ledger_schema)};
}

base::Result<std::vector<graph::Node>> meant_nodes(const Workspace& workspace, const cli::Given& given,
                                                   cli::Talk& talk) {
    graph::Where where{.domains = workspace.scope.domains};
    std::vector<graph::Node> nodes;
    for (const auto& text : given.arguments) {
        const auto address = TRY(graph::parse_address(text, workspace.graph.domains()));
        if (asks_database(address) && !where.current) where.current = TRY(read_standing(workspace, given, talk)).rows;
        const auto destination = TRY(graph::resolve(workspace.graph, address, where));
        if (destination.nodes.empty()) talk.note("'" + text + "' means no revision");
        for (const graph::Node node : destination.nodes) {
            if (std::find(nodes.begin(), nodes.end(), node) == nodes.end()) nodes.push_back(node);
        }
    }
    return nodes;
}

std::vector<graph::Node> current_nodes(const Workspace& workspace, const Standing& standing) {
    auto nodes = standing.rows;
    for (const auto& domain : workspace.scope.domains) {
        for (const graph::Node head : workspace.graph.heads_of(domain)) {
            if (holds(standing.applied, head) && !holds(standing.rows, head)) nodes.push_back(head);
        }
    }
    std::sort(nodes.begin(), nodes.end());
    return nodes;
}

std::vector<outcome::DomainStatus> statuses_of(const Workspace& workspace, const Standing& standing) {
    const auto& graph = workspace.graph;
    const auto current = current_nodes(workspace, standing);
    std::vector<outcome::DomainStatus> statuses;
    for (const auto& domain : workspace.domains()) {
        outcome::DomainStatus status{.domain = domain.name,
                                     .deprecated = domain.deprecated,
                                     .heads = outcome::rows_of(graph, graph.heads_of(domain.name))};
        for (const graph::Node node : current) {
            if (graph.at(node).domain == domain.name) status.current.push_back(outcome::row_of(graph, node));
        }
        for (const graph::Node node : graph.topological()) {
            if (graph.at(node).domain == domain.name && !holds(standing.applied, node)) {
                status.pending.push_back(outcome::row_of(graph, node));
            }
        }
        for (const auto& progress : standing.in_progress) {
            if (progress.domain != domain.name) continue;
            status.in_progress.push_back({.id = progress.revision, .direction = progress.direction});
        }
        statuses.push_back(std::move(status));
    }
    return statuses;
}

}  // namespace haetae::verbs
