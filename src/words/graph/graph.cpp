// SPDX-License-Identifier: Apache-2.0
// What a sound graph can be asked. Labels are worked out on asking: where nothing is declared a node shares the labels
// of its parents, so only labelled revisions, and merges of differently labelled branches, are visited.
#include "graph/graph.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace haetae::graph {

std::optional<std::size_t> Graph::find_domain(std::string_view name) const {
    for (std::size_t i = 0; i < domains_.size(); ++i) {
        if (domains_[i].text() == name) return i;
    }
    return std::nullopt;
}

std::optional<Node> Graph::find_in(const Names& names, std::string_view text) {
    const auto found = std::lower_bound(names.begin(), names.end(), text,
                                        [](const Name& name, std::string_view wanted) { return name.text < wanted; });
    if (found == names.end() || found->text != text) return std::nullopt;
    return found->node;
}

std::optional<Node> Graph::find(const DomainName& domain, std::string_view id) const {
    const auto index = find_domain(domain.text());
    return index ? find_in(ids_[*index], id) : std::nullopt;
}

std::optional<Node> Graph::find_label(const DomainName& domain, std::string_view label) const {
    const auto index = find_domain(domain.text());
    return index ? find_in(labels_[*index], label) : std::nullopt;
}

std::optional<Node> Graph::find_replacing(const DomainName& domain, std::string_view id) const {
    const auto index = find_domain(domain.text());
    return index ? find_in(replaced_[*index], id) : std::nullopt;
}

std::vector<Node> Graph::find_prefix(const DomainName& domain, std::string_view prefix) const {
    constexpr std::size_t shortest_abbreviated = 4;
    std::vector<Node> nodes;
    const auto index = find_domain(domain.text());
    if (!index) return nodes;
    for (const Names* names : {&ids_[*index], &labels_[*index]}) {
        auto name = std::lower_bound(names->begin(), names->end(), prefix,
                                     [](const Name& a, std::string_view wanted) { return a.text < wanted; });
        for (; name != names->end() && name->text.starts_with(prefix); ++name) {
            if (name->text.size() >= shortest_abbreviated) nodes.push_back(name->node);
        }
    }
    std::sort(nodes.begin(), nodes.end());
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    return nodes;
}

std::vector<Node> Graph::nodes_of(const DomainName& domain) const {
    std::vector<Node> nodes;
    if (const auto index = find_domain(domain.text())) {
        for (Node node = first_of_[*index]; node < first_of_[*index + 1]; ++node) nodes.push_back(node);
    }
    return nodes;
}

std::vector<Node> Graph::heads_of(const DomainName& domain) const {
    auto nodes = nodes_of(domain);
    std::erase_if(nodes, [&](Node node) { return !children(node).empty(); });
    return nodes;
}

std::vector<Node> Graph::real_heads_of(const DomainName& domain) const {
    auto nodes = heads_of(domain);
    std::erase_if(nodes, [&](Node node) {
        const auto others = dependents(node);
        return std::any_of(others.begin(), others.end(),
                           [&](Node other) { return domain_of_[other] == domain_of_[node]; });
    });
    return nodes;
}

std::vector<Node> Graph::bases_of(const DomainName& domain) const {
    auto nodes = nodes_of(domain);
    std::erase_if(nodes, [&](Node node) { return !parents(node).empty(); });
    return nodes;
}

bool Graph::is_branch_point(Node node) const {
    const auto others = dependents(node);
    const auto in_domain =
        std::count_if(others.begin(), others.end(), [&](Node other) { return domain_of_[other] == domain_of_[node]; });
    return children(node).size() + static_cast<std::size_t>(in_domain) > 1;
}

std::vector<BranchLabel> Graph::labels_of(Node node) const {
    std::vector<BranchLabel> labels;
    if (labels_[domain_of_[node]].empty()) return labels;
    const auto declare = [&](Node at) {
        labels.insert(labels.end(), revisions_[at].labels.begin(), revisions_[at].labels.end());
    };
    std::set<Node> seen;
    std::vector<Node> todo;
    const auto visit = [&](std::optional<Node> root) {
        if (root && seen.insert(*root).second) todo.push_back(*root);
    };
    for (visit(label_root_[node]); !todo.empty();) {
        const Node root = todo.back();
        todo.pop_back();
        declare(root);
        for (const Node parent : parents(root)) visit(label_root_[parent]);
    }
    // Labels declared above reach down to here along a line without branch or merge point.
    for (Node at = node; !is_branch_point(at) && parents(at).size() < 2 && children(at).size() == 1;) {
        at = children(at).front();
        if (parents(at).size() > 1) break;
        declare(at);
    }
    std::sort(labels.begin(), labels.end());
    labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
    return labels;
}

}  // namespace haetae::graph
