// SPDX-License-Identifier: Apache-2.0
// Histories grow as in real repositories: mostly on the newest revision, at times on an older one (a fork), at times
// from nothing (another root), and now and then two ends are merged.
#include "random_graph.hpp"

#include <algorithm>
#include <set>

namespace haetae::kit {

namespace {

using graph::BranchLabel;
using graph::DomainName;
using graph::Node;
using graph::Revision;
using graph::RevisionId;

std::string random_id(Random& random, std::set<std::string>& taken) {
    static constexpr std::string_view letters = "ab01";
    for (std::size_t tries = 0;; ++tries) {
        std::string id;
        const std::size_t length = (chance(random, 10) ? 3 : 5) + tries / 8;
        for (std::size_t i = 0; i < length; ++i) id += letters[below(random, letters.size())];
        if (taken.insert(id).second) return id;
    }
}

/// ancestors[i][j]: revision j is i or below it, by parents.
using Ancestry = std::vector<std::vector<bool>>;

/// How often a history begins anew, forks, merges and depends, in percent.
struct Temper {
    unsigned base;
    unsigned fork;
    unsigned merge;
    unsigned depend;
};
constexpr Temper tempers[] = {{2, 8, 10, 5}, {8, 40, 22, 14}, {4, 20, 45, 10}, {15, 15, 10, 25}};

std::vector<std::size_t> random_parents(Random& random, const Temper& temper, std::size_t index,
                                        const Ancestry& ancestry) {
    if (index == 0 || chance(random, temper.base)) return {};
    const auto pick = [&] {
        if (!chance(random, temper.fork)) return index - 1;
        return chance(random, 50) ? index - 1 - below(random, std::min<std::size_t>(index, 3)) : below(random, index);
    };
    std::vector<std::size_t> parents{pick()};
    const std::size_t wanted = chance(random, temper.merge) ? (chance(random, 25) ? 3 : 2) : 1;
    for (int tries = 0; parents.size() < wanted && tries < 8; ++tries) {
        const auto other = below(random, index);
        const bool related = std::any_of(parents.begin(), parents.end(), [&](std::size_t parent) {
            return ancestry[parent][other] || ancestry[other][parent];
        });
        if (!related) parents.push_back(other);
    }
    return parents;
}

}  // namespace

std::vector<Revision> random_revisions(Random& random, std::string_view domain, std::size_t count) {
    std::vector<Revision> revisions;
    Ancestry ancestry(count, std::vector<bool>(count, false));
    std::set<std::string> taken;
    const auto& temper = tempers[below(random, std::size(tempers))];
    for (std::size_t i = 0; i < count; ++i) {
        Revision revision{.domain = DomainName(std::string(domain)), .id = RevisionId(random_id(random, taken))};
        ancestry[i][i] = true;
        for (const auto parent : random_parents(random, temper, i, ancestry)) {
            revision.parents.push_back(revisions[parent].id);
            for (std::size_t j = 0; j < i; ++j) {
                if (ancestry[parent][j]) ancestry[i][j] = true;
            }
        }
        while (i > 0 && chance(random, temper.depend) && revision.depends_on.size() < 3) {
            const auto& other = revisions[below(random, i)];
            const bool by_label = !other.labels.empty() && chance(random, 50);
            revision.depends_on.push_back({.name = by_label ? other.labels.front().text() : other.id.text()});
        }
        if (chance(random, 15)) {
            const std::string label = (chance(random, 50) ? "left" : "ab") + std::to_string(i);
            if (taken.insert(label).second) revision.labels.push_back(BranchLabel(label));
        }
        revisions.push_back(std::move(revision));
    }
    return revisions;
}

std::vector<Node> random_applied(Random& random, const graph::Graph& graph) {
    std::vector<Node> applied;
    std::vector<bool> is_applied(graph.size(), false);
    const unsigned percent = chance(random, 20) ? 100 : static_cast<unsigned>(60 + below(random, 40));
    for (const Node node : graph.topological()) {
        const auto is_there = [&](Node lower) { return is_applied[lower]; };
        const auto parents = graph.parents(node);
        const auto dependencies = graph.dependencies(node);
        if (!std::all_of(parents.begin(), parents.end(), is_there)) continue;
        if (!std::all_of(dependencies.begin(), dependencies.end(), is_there)) continue;
        if (!chance(random, percent)) continue;
        is_applied[node] = true;
        applied.push_back(node);
    }
    std::sort(applied.begin(), applied.end());
    return applied;
}

std::vector<RevisionId> rows_of(const graph::Graph& graph, const DomainName& domain, const std::vector<Node>& applied) {
    std::vector<bool> covered(graph.size(), false);
    for (const Node node : applied) {
        for (const Node parent : graph.parents(node)) covered[parent] = true;
        for (const Node dependency : graph.dependencies(node)) {
            if (graph.domain_index(node) == graph.domain_index(dependency)) covered[dependency] = true;
        }
    }
    std::vector<RevisionId> rows;
    for (const Node node : applied) {
        if (!covered[node] && graph.at(node).domain == domain) rows.push_back(graph.at(node).id);
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

}  // namespace haetae::kit
