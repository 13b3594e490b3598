// SPDX-License-Identifier: Apache-2.0
// A walk stops at the first doubt and says what stood there, so that the user can name what was meant.
#include "graph/walk.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "graph/naming.hpp"

namespace haetae::graph {

namespace {

using base::Error;

Error too_far(std::string_view text, int wanted, int possible, std::string_view end) {
    return Error{
        .code = "HT0154",
        .sentence = fmt::format("'{}' walks past the {}: {} of {} steps are possible", text, end, possible, wanted),
        .hint = "count fewer steps, or name the revision"};
}

}  // namespace

base::Result<Node> walk_up(const Graph& graph, const DomainName& domain, std::optional<Node> start, int steps,
                           const NodeSet* branch, std::string_view text) {
    auto at = start;
    for (int step = 0; step < steps; ++step) {
        std::vector<Node> ways;
        if (at) {
            ways.assign(graph.children(*at).begin(), graph.children(*at).end());
        } else {
            ways = graph.bases_of(domain);
        }
        if (branch != nullptr) std::erase_if(ways, [&](Node node) { return !branch->has(node); });
        if (ways.empty()) return too_far(text, steps, step, "newest revision");
        if (ways.size() > 1) {
            const auto where = at ? fmt::format("after {}", name_of(graph, *at)) : std::string("at the base");
            return Error{
                .code = "HT0155",
                .sentence = fmt::format("'{}' meets a fork {}: {}", text, where, names_of(graph, ways)),
                .hint = fmt::format("name the way: {}@+N, or the revision itself", graph.at(ways.front()).id.text())};
        }
        at = ways.front();
    }
    BUG_IF(!at, "a walk of no steps began at the base");
    return *at;
}

base::Result<std::optional<Node>> walk_down(const Graph& graph, Node start, int steps, std::string_view text) {
    std::optional<Node> at = start;
    for (int step = 0; step < steps; ++step) {
        if (!at) return too_far(text, steps, step, "base");
        const auto parents = graph.parents(*at);
        if (parents.size() > 1) {
            return Error{.code = "HT0155",
                         .sentence = fmt::format("'{}' meets the merge {}, which has several parents: {}", text,
                                                 name_of(graph, *at), names_of(graph, parents)),
                         .hint = fmt::format("name a parent: {} undoes the merge and keeps every branch below it",
                                             name_of(graph, parents.front()))};
        }
        at = parents.empty() ? std::nullopt : std::optional(parents.front());
    }
    return at;
}

}  // namespace haetae::graph
