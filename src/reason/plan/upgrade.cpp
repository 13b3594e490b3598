// SPDX-License-Identifier: Apache-2.0
// Upgrade: what the target stands on, less what the rows imply, in the one order of the whole graph.
#include <fmt/format.h>

#include <algorithm>

#include "graph/lineage.hpp"
#include "graph/naming.hpp"
#include "plan/plan.hpp"
#include "plan/target.hpp"
#include "plan/version_rows.hpp"

namespace haetae::plan {

namespace {

using graph::DomainName;
using graph::Graph;
using graph::Node;

/// Domains that the target speaks of and that have nothing to do, and why; for a named scope, who comes along.
std::vector<std::string> notes_on(const Graph& graph, const Scope& scope, const graph::Destination& destination,
                                  const std::vector<Step>& steps) {
    std::vector<std::size_t> count(graph.domains().size(), 0);
    for (const auto& step : steps) ++count[graph.domain_index(step.node)];
    std::vector<std::string> notes;
    for (const auto& domain : destination.domains) {
        std::vector<Node> targets;
        for (const Node node : destination.nodes) {
            if (graph.at(node).domain == domain) targets.push_back(node);
        }
        if (targets.empty()) {
            notes.push_back(fmt::format("{}: there are no revisions", domain.text()));
        } else if (count[*graph.find_domain(domain.text())] == 0) {
            std::string ids;
            for (const Node node : targets)
                ids += fmt::format("{}{}", ids.empty() ? "" : ", ", graph.at(node).id.text());
            notes.push_back(
                fmt::format("{}: {} {} already applied", domain.text(), ids, targets.size() == 1 ? "is" : "are"));
        }
    }
    if (!scope.named) return notes;
    for (std::size_t i = 0; i < count.size(); ++i) {
        const auto& domain = graph.domains()[i];
        if (count[i] == 0 || std::find(scope.domains.begin(), scope.domains.end(), domain) != scope.domains.end()) {
            continue;
        }
        notes.push_back(fmt::format("{}: {} revision{} that the target depends on come{} along", domain.text(),
                                    count[i], count[i] == 1 ? "" : "s", count[i] == 1 ? "s" : ""));
    }
    return notes;
}

}  // namespace

base::Result<Plan> plan_upgrade(const Graph& graph, const VersionRows& rows, const Scope& scope,
                                std::string_view target) {
    auto tables = TRY(VersionTables::read(graph, rows));
    const auto read = TRY(read_target(graph, scope, target, BareSteps::up, tables.row_nodes()));
    const auto& destination = read.destination;
    if (read.is_base()) {
        return base::Error{
            .code = "HT0163",
            .sentence = fmt::format("'{}' is the base, before every revision: nothing upgrades to it", target),
            .hint = "to undo revisions say `haetae downgrade base`; to apply them `haetae upgrade head`"};
    }
    const auto required = graph::ancestors(graph, destination.nodes, graph::Edges::all);
    Plan plan{.direction = Direction::up};
    for (const Node node : graph.topological()) {
        if (required.has(node) && !tables.is_applied(node)) plan.steps.push_back(tables.apply(node));
    }
    plan.notes = notes_on(graph, scope, destination, plan.steps);
    return plan;
}

}  // namespace haetae::plan
