// SPDX-License-Identifier: Apache-2.0
// Stamp: the rows are rewritten and nothing runs. It is the way out of rows that overlap, and with purge of rows that
// no file has, so it asks less of the rows than the other commands do, and more of its targets than Alembic does.
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
using graph::RevisionId;

/// What all targets together ask of one domain.
struct Wish {
    DomainName domain;
    std::vector<Node> nodes{};        ///< sorted, each once
    std::vector<NodeSet> given_up{};  ///< rows inside go: what stands above or below a target, or on `branch@base`
    bool all_given_up = false;        ///< plain `base`
};

base::Status check_overlap(const Graph& graph, const Wish& wish) {
    for (const Node upper : wish.nodes) {
        const Node start[] = {upper};
        const auto below = graph::ancestors(graph, start, Edges::domain);
        for (const Node lower : wish.nodes) {
            if (lower == upper || !below.has(lower)) continue;
            return Error{.code = "HT0169",
                         .sentence = fmt::format("{} stands on {}, so a version table cannot hold both",
                                                 graph::name_of(graph, upper), graph::name_of(graph, lower)),
                         .hint = fmt::format("stamp {} alone: it implies the other", graph::name_of(graph, upper))};
        }
    }
    return base::Done{};
}

Wish& wish_for(std::vector<Wish>& wishes, const DomainName& domain) {
    const auto found =
        std::find_if(wishes.begin(), wishes.end(), [&](const Wish& wish) { return wish.domain == domain; });
    return found == wishes.end() ? wishes.emplace_back(Wish{.domain = domain}) : *found;
}

void add_target(const Graph& graph, const Target& target, std::vector<Wish>& wishes) {
    const auto& destination = target.destination;
    for (const auto& domain : destination.domains) {
        auto& wish = wish_for(wishes, domain);
        if (!target.is_base()) continue;
        const auto line_of = destination.branch ? destination.branch : destination.from;
        if (line_of) {
            wish.given_up.push_back(graph::lineage(graph, *line_of, Edges::domain));
        } else {
            wish.all_given_up = true;
        }
    }
    for (const Node node : destination.nodes) {
        auto& wish = wish_for(wishes, graph.at(node).domain);
        if (std::find(wish.nodes.begin(), wish.nodes.end(), node) != wish.nodes.end()) continue;
        wish.nodes.push_back(node);
        wish.given_up.push_back(graph::lineage(graph, node, Edges::domain));
    }
}

/// The changes from `from` to `to`: rows that go are deleted, except as many as can become new rows.
std::vector<RowChange> changes_between(const std::vector<RevisionId>& from, const std::vector<RevisionId>& to) {
    std::vector<RevisionId> gone;
    std::vector<RevisionId> fresh;
    std::set_difference(from.begin(), from.end(), to.begin(), to.end(), std::back_inserter(gone));
    std::set_difference(to.begin(), to.end(), from.begin(), from.end(), std::back_inserter(fresh));
    std::vector<RowChange> changes;
    for (std::size_t i = fresh.size(); i < gone.size(); ++i) {
        changes.push_back({.kind = RowChange::Kind::remove, .from = gone[i]});
    }
    for (std::size_t i = 0; i < std::min(gone.size(), fresh.size()); ++i) {
        changes.push_back({.kind = RowChange::Kind::update, .from = gone[i], .to = fresh[i]});
    }
    for (std::size_t i = gone.size(); i < fresh.size(); ++i) {
        changes.push_back({.kind = RowChange::Kind::insert, .to = fresh[i]});
    }
    return changes;
}

base::Result<StampChange> change_of(const Graph& graph, const VersionRows& rows, const Wish& wish, bool purge) {
    StampChange change{.domain = wish.domain};
    if (const auto found = rows.find(wish.domain); found != rows.end()) change.from = found->second;
    std::sort(change.from.begin(), change.from.end());
    if (!purge && !wish.all_given_up) {
        for (const auto& row : TRY(read_rows(graph, wish.domain, change.from))) {
            const bool goes = std::any_of(wish.given_up.begin(), wish.given_up.end(),
                                          [&](const NodeSet& set) { return set.has(row.node); });
            if (!goes) change.to.push_back(row.text);
        }
    } else if (!purge) {
        TRY(read_rows(graph, wish.domain, change.from));
    }
    for (const Node node : wish.nodes) change.to.push_back(graph.at(node).id);
    std::sort(change.to.begin(), change.to.end());
    change.row_changes = changes_between(change.from, change.to);
    return change;
}

}  // namespace

base::Result<std::vector<StampChange>> plan_stamp(const Graph& graph, const VersionRows& rows, const Scope& scope,
                                                  std::span<const std::string> targets, bool purge) {
    std::vector<Wish> wishes;
    for (const auto& text : targets) {
        add_target(graph, TRY(read_target(graph, scope, text, BareSteps::none, {})), wishes);
    }
    std::sort(wishes.begin(), wishes.end(), [&](const Wish& a, const Wish& b) {
        return *graph.find_domain(a.domain.text()) < *graph.find_domain(b.domain.text());
    });
    std::vector<StampChange> changes;
    for (const auto& wish : wishes) {
        TRY(check_overlap(graph, wish));
        auto change = TRY(change_of(graph, rows, wish, purge));
        if (!change.row_changes.empty()) changes.push_back(std::move(change));
    }
    return changes;
}

}  // namespace haetae::plan
