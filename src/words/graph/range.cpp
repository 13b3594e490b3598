// SPDX-License-Identifier: Apache-2.0
// Ranges of `history`. Both ends always count. An end that names a revision also says the domain; the other end is then
// read there. As a start, -N counts down from the end; as an end, +N counts up from the start.
#include <fmt/format.h>

#include <algorithm>

#include "graph/address.hpp"
#include "graph/lineage.hpp"
#include "graph/naming.hpp"
#include "graph/walk.hpp"

namespace haetae::graph {

namespace {

using base::Error;
using Anchor = Address::Anchor;

bool names_a_domain(const std::optional<Address>& end) {
    return end && (end->domain || end->branch || end->anchor == Anchor::name);
}

bool counts_from_other_end(const std::optional<Address>& end, bool up) {
    return end && end->anchor == Anchor::here && !end->branch && (up ? end->steps > 0 : end->steps < 0);
}

class RangeResolver {
 public:
    RangeResolver(const Graph& graph, const Range& range, const Where& where)
        : graph_(graph), range_(range), where_(where) {}

    base::Result<std::vector<Node>> run();

 private:
    base::Status resolve_from();
    base::Status resolve_to();
    [[nodiscard]] Error no_single_end(const Address& address, std::span<const Node> ends) const;
    base::Status add_domain(const DomainName& domain, NodeSet& chosen) const;

    const Graph& graph_;
    const Range& range_;
    Where where_;
    Destination from_{};
    Destination to_{};
};

Error RangeResolver::no_single_end(const Address& address, std::span<const Node> ends) const {
    return Error{
        .code = "HT0156",
        .sentence = fmt::format("'{}' counts from the other end of the range, which means several revisions: {}",
                                address.text, names_of(graph_, ends)),
        .hint = "name one revision as that end"};
}

base::Status RangeResolver::resolve_from() {
    if (!range_.from) {
        from_ = {.nodes = {}, .domains = where_.domains};
        return base::Done{};
    }
    if (!counts_from_other_end(range_.from, false)) {
        from_ = TRY(resolve(graph_, *range_.from, where_));
        return base::Done{};
    }
    const auto& address = *range_.from;
    if (to_.nodes.size() != 1) return no_single_end(address, to_.nodes);
    from_ = {.nodes = {}, .domains = to_.domains};
    if (const auto reached = TRY(walk_down(graph_, to_.nodes.front(), -address.steps, address.text))) {
        from_.nodes = {*reached};
    }
    return base::Done{};
}

base::Status RangeResolver::resolve_to() {
    if (counts_from_other_end(range_.to, true)) {
        const auto& address = *range_.to;
        if (from_.nodes.size() > 1) return no_single_end(address, from_.nodes);
        if (from_.nodes.empty() && from_.domains.size() != 1) {
            return Error{.code = "HT0168",
                         .sentence = fmt::format("'{}' counts steps in one domain, and several are meant: {}",
                                                 address.text, names_of(from_.domains)),
                         .hint = "say the domain with -d"};
        }
        const auto start = from_.nodes.empty() ? std::nullopt : std::optional(from_.nodes.front());
        const auto& domain = start ? graph_.at(*start).domain : from_.domains.front();
        const auto line = from_.branch ? std::optional(lineage(graph_, *from_.branch)) : std::nullopt;
        const Node reached = TRY(walk_up(graph_, domain, start, address.steps, line ? &*line : nullptr, address.text));
        to_ = {.nodes = {reached}, .domains = {domain}};
        return base::Done{};
    }
    if (range_.to) {
        to_ = TRY(resolve(graph_, *range_.to, where_));
        return base::Done{};
    }
    to_ = {.nodes = {}, .domains = where_.domains};
    for (const auto& domain : where_.domains) {
        const auto heads = graph_.heads_of(domain);
        to_.nodes.insert(to_.nodes.end(), heads.begin(), heads.end());
    }
    return base::Done{};
}

base::Status RangeResolver::add_domain(const DomainName& domain, NodeSet& chosen) const {
    const auto of_domain = [&](const std::vector<Node>& nodes) {
        std::vector<Node> own;
        std::copy_if(nodes.begin(), nodes.end(), std::back_inserter(own),
                     [&](Node node) { return graph_.at(node).domain == domain; });
        return own;
    };
    const auto from = of_domain(from_.nodes);
    const auto to = of_domain(to_.nodes);
    if (to.empty()) return base::Done{};
    const auto below = ancestors(graph_, to, Edges::domain);
    for (const Node start : from) {
        if (below.has(start)) continue;
        return Error{.code = "HT0170",
                     .sentence = fmt::format("{} does not stand on {}, so nothing lies between them",
                                             names_of(graph_, to), name_of(graph_, start)),
                     .hint = "a range goes up from an older revision to a newer one of the same branch"};
    }
    std::optional<NodeSet> above;
    if (!from.empty()) above = descendants(graph_, from, Edges::parents);
    if (from.empty() && from_.branch) above = lineage(graph_, *from_.branch);
    for (const Node node : graph_.nodes_of(domain)) {
        if (below.has(node) && (!above || above->has(node))) chosen.add(node);
    }
    return base::Done{};
}

base::Result<std::vector<Node>> RangeResolver::run() {
    const bool to_first =
        counts_from_other_end(range_.from, false) || (names_a_domain(range_.to) && !names_a_domain(range_.from));
    if (counts_from_other_end(range_.from, false) && counts_from_other_end(range_.to, true)) {
        return Error{.code = "HT0159",
                     .sentence = fmt::format("'{}:{}' is not a range: each end counts from the other",
                                             range_.from->text, range_.to->text),
                     .hint = "name a revision as one end"};
    }
    if (to_first) {
        TRY(resolve_to());
        if (names_a_domain(range_.to)) where_.domains = to_.domains;
        TRY(resolve_from());
    } else {
        TRY(resolve_from());
        if (names_a_domain(range_.from)) where_.domains = from_.domains;
        TRY(resolve_to());
    }
    NodeSet chosen(graph_.size());
    for (const auto& domain : where_.domains) TRY(add_domain(domain, chosen));
    std::vector<Node> nodes;
    for (const Node node : graph_.topological()) {
        if (chosen.has(node)) nodes.push_back(node);
    }
    std::reverse(nodes.begin(), nodes.end());
    return nodes;
}

}  // namespace

base::Result<std::vector<Node>> resolve_range(const Graph& graph, const Range& range, const Where& where) {
    return RangeResolver(graph, range, where).run();
}

}  // namespace haetae::graph
