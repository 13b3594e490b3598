// SPDX-License-Identifier: Apache-2.0
// From revisions to a checked graph, in passes that each need what the one before has proven: names, edges, cycles,
// merges. Every pass is about linear, because a repository of 10,000 revisions is checked by every command.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>
#include <string>

#include "graph/graph.hpp"

namespace haetae::graph {

namespace {

using base::Error;
using base::Status;

/// "aaaa01 (migrations/users/versions/1_aaaa01.sql)"; without a file "users:aaaa01".
std::string place(const Revision& revision) {
    if (revision.file.empty()) return fmt::format("{}:{}", revision.domain.text(), revision.id.text());
    return fmt::format("{} ({})", revision.id.text(), revision.file);
}

/// Why no address could name this label; "" where one can.
std::string_view label_fault(std::string_view label) {
    if (label.empty()) return "it is empty";
    if (label == "head" || label == "heads" || label == "base" || label == "current") return "the word is reserved";
    if (label.find_first_of("@:+, \t") != std::string_view::npos || label.find("..") != std::string_view::npos) {
        return "'@', ':', '+', ',', '..' and blanks have a meaning in addresses";
    }
    if (label.front() == '-') return "it begins with '-'";
    return {};
}

}  // namespace

class Builder {
 public:
    Builder(std::vector<Revision> revisions, std::vector<DomainName> domains) {
        graph_.domains_ = std::move(domains);
        graph_.revisions_ = std::move(revisions);
    }

    base::Result<Graph> run() && {
        number_nodes();
        TRY(index_ids());
        TRY(index_labels());
        TRY(index_replaced());
        TRY(link_parents());
        TRY(link_dependencies());
        TRY(sort_topologically());
        TRY(check_merges());
        find_label_roots();
        return std::move(graph_);
    }

 private:
    using Names = Graph::Names;

    [[nodiscard]] Node count() const { return static_cast<Node>(graph_.size()); }
    [[nodiscard]] const Revision& at(Node node) const { return graph_.revisions_[node]; }
    [[nodiscard]] const DomainName& domain(Node node) const { return graph_.domains_[graph_.domain_of_[node]]; }
    /// Adds `hint` about a squashed id where `id` is one.
    [[nodiscard]] std::string replaced_hint(const DomainName& domain, std::string_view id, std::string otherwise) const;

    void number_nodes();
    Status index_ids();
    Status index_labels();
    Status index_replaced();
    Status link_parents();
    Status link_dependencies();
    base::Result<Node> find_dependency(Node node, const DependencyRef& wanted) const;
    Status sort_topologically();
    [[nodiscard]] Error cycle_error(const std::vector<std::uint32_t>& waiting) const;
    Status check_merges() const;
    void find_label_roots();

    Graph graph_{};
};

std::string Builder::replaced_hint(const DomainName& domain, std::string_view id, std::string otherwise) const {
    const auto node = graph_.find_replacing(domain, id);
    if (!node) return otherwise;
    return fmt::format("{} was squashed into {}: write that id instead", id, place(at(*node)));
}

void Builder::number_nodes() {
    auto& revisions = graph_.revisions_;
    std::vector<std::pair<std::size_t, std::size_t>> order;  // position of the domain, position in `revisions`
    order.reserve(revisions.size());
    for (std::size_t i = 0; i < revisions.size(); ++i) {
        const auto index = graph_.find_domain(revisions[i].domain.text());
        BUG_IF(!index, "a revision belongs to a domain that the graph was not told of");
        order.emplace_back(*index, i);
    }
    std::stable_sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
        if (a.first != b.first) return a.first < b.first;
        return revisions[a.second].file < revisions[b.second].file;
    });
    std::vector<Revision> sorted;
    sorted.reserve(revisions.size());
    graph_.first_of_.assign(graph_.domains_.size() + 1, 0);
    for (const auto& [index, position] : order) {
        sorted.push_back(std::move(revisions[position]));
        graph_.domain_of_.push_back(index);
        ++graph_.first_of_[index + 1];
    }
    std::partial_sum(graph_.first_of_.begin(), graph_.first_of_.end(), graph_.first_of_.begin());
    revisions = std::move(sorted);
}

Status Builder::index_ids() {
    graph_.ids_.resize(graph_.domains_.size());
    for (Node node = 0; node < count(); ++node) {
        graph_.ids_[graph_.domain_of_[node]].push_back({at(node).id.text(), node});
    }
    for (auto& names : graph_.ids_) {
        std::stable_sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.text < b.text; });
        const auto twice = std::adjacent_find(names.begin(), names.end(),
                                              [](const auto& a, const auto& b) { return a.text == b.text; });
        if (twice == names.end()) continue;
        std::string files;
        for (auto name = twice; name != names.end() && name->text == twice->text; ++name) {
            files += fmt::format("{}{}", files.empty() ? "" : ", ", place(at(name->node)));
        }
        return Error{.code = "HT0240",
                     .sentence = fmt::format("revision id {} of domain {} is used more than once: {}", twice->text,
                                             domain(twice->node).text(), files),
                     .hint =
                         "give all but one of them another id, and write it also where others name it; was a "
                         "file copied or a branch merged by hand?"};
    }
    return base::Done{};
}

Status Builder::index_labels() {
    graph_.labels_.resize(graph_.domains_.size());
    for (Node node = 0; node < count(); ++node) {
        for (const auto& label : at(node).labels) {
            if (const auto fault = label_fault(label.text()); !fault.empty()) {
                return Error{
                    .code = "HT0249",
                    .sentence = fmt::format("revision {} has a branch label '{}' that no command could name: {}",
                                            place(at(node)), label.text(), fault),
                    .hint = "choose another word in its `Branch labels` line"};
            }
            if (const auto other = Graph::find_in(graph_.ids_[graph_.domain_of_[node]], label.text())) {
                return Error{.code = "HT0244",
                             .sentence = fmt::format("branch label {} of revision {} is also the id of revision {}",
                                                     label.text(), place(at(node)), place(at(*other))),
                             .hint = "choose another word in its `Branch labels` line"};
            }
            graph_.labels_[graph_.domain_of_[node]].push_back({label.text(), node});
        }
    }
    for (auto& names : graph_.labels_) {
        std::stable_sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.text < b.text; });
        const auto twice = std::adjacent_find(names.begin(), names.end(),
                                              [](const auto& a, const auto& b) { return a.text == b.text; });
        if (twice == names.end()) continue;
        const auto& first = at(twice->node);
        const auto& second = at(std::next(twice)->node);
        return Error{.code = "HT0244",
                     .sentence = fmt::format("branch label {} is declared twice: by revision {} and by revision {}",
                                             twice->text, place(first), place(second)),
                     .hint = "a label belongs to one revision; its descendants have it without saying so"};
    }
    return base::Done{};
}

Status Builder::index_replaced() {
    graph_.replaced_.resize(graph_.domains_.size());
    for (Node node = 0; node < count(); ++node) {
        for (const auto& id : at(node).replaces) {
            if (const auto living = Graph::find_in(graph_.ids_[graph_.domain_of_[node]], id.text())) {
                return Error{.code = "HT0248",
                             .sentence = fmt::format("revision {} replaces {}, but {} is still there", place(at(node)),
                                                     id.text(), place(at(*living))),
                             .hint =
                                 "delete the file of the replaced revision, or take its id out of `Replaces`: a new "
                                 "database would run both"};
            }
            graph_.replaced_[graph_.domain_of_[node]].push_back({id.text(), node});
        }
    }
    for (auto& names : graph_.replaced_) {
        std::stable_sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.text < b.text; });
        const auto twice = std::adjacent_find(names.begin(), names.end(),
                                              [](const auto& a, const auto& b) { return a.text == b.text; });
        if (twice == names.end()) continue;
        return Error{.code = "HT0247",
                     .sentence = fmt::format("id {} is replaced twice: by revision {} and by revision {}", twice->text,
                                             place(at(twice->node)), place(at(std::next(twice)->node))),
                     .hint = "leave it in the `Replaces` line of the revision that holds its statements"};
    }
    return base::Done{};
}

Status Builder::link_parents() {
    std::vector<Adjacency::Edge> down;
    std::vector<Adjacency::Edge> up;
    for (Node node = 0; node < count(); ++node) {
        const auto& names = at(node).parents;
        const std::size_t first = down.size();
        for (const auto& id : names) {
            const auto parent = Graph::find_in(graph_.ids_[graph_.domain_of_[node]], id.text());
            if (!parent) {
                return Error{
                    .code = "HT0241",
                    .sentence = fmt::format("revision {} revises {}, which no file of domain {} has", place(at(node)),
                                            id.text(), domain(node).text()),
                    .hint = replaced_hint(domain(node), id.text(),
                                          "write the full id of a revision of the same domain after `Revises:`, "
                                          "or bring the missing file back (another branch of the repository?)")};
            }
            down.emplace_back(node, *parent);
            up.emplace_back(*parent, node);
        }
        auto sorted = std::vector(down.begin() + static_cast<std::ptrdiff_t>(first), down.end());
        std::sort(sorted.begin(), sorted.end());
        if (const auto twice = std::adjacent_find(sorted.begin(), sorted.end()); twice != sorted.end()) {
            return Error{.code = "HT0246",
                         .sentence = fmt::format("revision {} names its parent {} twice", place(at(node)),
                                                 at(twice->second).id.text()),
                         .hint = "name each parent once after `Revises:`"};
        }
    }
    graph_.parents_ = Adjacency(count(), down);
    graph_.children_ = Adjacency(count(), up);
    return base::Done{};
}

base::Result<Node> Builder::find_dependency(Node node, const DependencyRef& wanted) const {
    const DomainName& where = wanted.domain ? *wanted.domain : domain(node);
    const auto unknown = [&](std::string_view why, std::string hint) {
        return Error{.code = "HT0242",
                     .sentence = fmt::format("revision {} depends on {}{}{}, {}", place(at(node)),
                                             wanted.domain ? wanted.domain->text() : "", wanted.domain ? ":" : "",
                                             wanted.name, why),
                     .hint = std::move(hint)};
    };
    if (!graph_.find_domain(where.text())) {
        return unknown("and there is no domain of that name", "write `domain:id`, with a domain of this project");
    }
    if (const auto id = graph_.find(where, wanted.name)) return *id;
    if (const auto label = graph_.find_label(where, wanted.name)) return *label;
    const auto candidates = wanted.name.empty() ? std::vector<Node>{} : graph_.find_prefix(where, wanted.name);
    if (candidates.size() == 1) return candidates.front();
    if (candidates.empty()) {
        return unknown(fmt::format("which no file of domain {} has", where.text()),
                       replaced_hint(where, wanted.name,
                                     "name a revision or label of that domain after `Depends on:`; "
                                     "of another domain as `domain:id`"));
    }
    std::string names;
    for (const Node candidate : candidates) {
        names += fmt::format("{}{}", names.empty() ? "" : ", ", place(at(candidate)));
    }
    return Error{.code = "HT0245",
                 .sentence = fmt::format("revision {} depends on {}, which is the beginning of several: {}",
                                         place(at(node)), wanted.name, names),
                 .hint = "write the full id after `Depends on:`"};
}

Status Builder::link_dependencies() {
    std::vector<Adjacency::Edge> down;
    std::vector<Adjacency::Edge> up;
    std::vector<Node> seen;
    for (Node node = 0; node < count(); ++node) {
        seen.clear();
        for (const auto& wanted : at(node).depends_on) {
            const Node dependency = TRY(find_dependency(node, wanted));
            // Named twice, or parent as well: nothing more is said by it, as in Alembic.
            if (std::find(seen.begin(), seen.end(), dependency) != seen.end()) continue;
            seen.push_back(dependency);
            down.emplace_back(node, dependency);
            up.emplace_back(dependency, node);
        }
    }
    graph_.dependencies_ = Adjacency(count(), down);
    graph_.dependents_ = Adjacency(count(), up);
    return base::Done{};
}

Status Builder::sort_topologically() {
    std::vector<std::uint32_t> waiting(count());
    std::priority_queue<Node, std::vector<Node>, std::greater<>> ready;
    for (Node node = 0; node < count(); ++node) {
        waiting[node] = static_cast<std::uint32_t>(graph_.parents(node).size() + graph_.dependencies(node).size());
        if (waiting[node] == 0) ready.push(node);
    }
    graph_.topological_.reserve(count());
    while (!ready.empty()) {
        const Node node = ready.top();
        ready.pop();
        graph_.topological_.push_back(node);
        for (const auto above : {graph_.children(node), graph_.dependents(node)}) {
            for (const Node next : above) {
                if (--waiting[next] == 0) ready.push(next);
            }
        }
    }
    if (graph_.topological_.size() == count()) return base::Done{};
    return cycle_error(waiting);
}

Error Builder::cycle_error(const std::vector<std::uint32_t>& waiting) const {
    // Whoever still waits stands on, or above, a cycle. Going down along waiting nodes must come back to one seen.
    const auto waits = [&](Node node) { return waiting[node] > 0; };
    const auto below = [&](Node node) {
        for (const auto edges : {graph_.parents(node), graph_.dependencies(node)}) {
            const auto next = std::find_if(edges.begin(), edges.end(), waits);
            if (next != edges.end()) return *next;
        }
        BUG_IF(true, "a node waits for nothing");
    };
    Node node = 0;
    while (!waits(node)) ++node;
    std::vector<std::size_t> position(count(), 0);
    std::vector<Node> trail;
    for (; position[node] == 0; node = below(node)) {
        trail.push_back(node);
        position[node] = trail.size();
    }
    trail.erase(trail.begin(), trail.begin() + static_cast<std::ptrdiff_t>(position[node] - 1));

    if (trail.size() == 1) {
        return Error{.code = "HT0243",
                     .sentence = fmt::format("revision {} stands on itself", place(at(node))),
                     .hint = "take its own id out of its `Revises` or `Depends on` line"};
    }
    std::string way;
    for (const Node step : trail) {
        const auto parents = graph_.parents(step);
        const Node next = below(step);
        const bool revises = std::find(parents.begin(), parents.end(), next) != parents.end();
        way += fmt::format("{} {} ", place(at(step)), revises ? "revises" : "depends on");
    }
    return Error{
        .code = "HT0243",
        .sentence = fmt::format("{} revisions wait for each other: {}{}", trail.size(), way, place(at(trail.front()))),
        .hint = "one of these `Revises` or `Depends on` lines must go"};
}

Status Builder::check_merges() const {
    std::vector<Node> position(count());
    for (Node i = 0; i < count(); ++i) position[graph_.topological_[i]] = i;
    std::vector<Node> seen_by(count(), 0);  // the merge (plus one) whose walk was here last
    std::vector<Node> todo;
    for (Node merge = 0; merge < count(); ++merge) {
        const auto parents = graph_.parents(merge);
        if (parents.size() < 2) continue;
        // An ancestor of a parent that is itself a parent stands no lower than the lowest parent: look no further.
        Node lowest = count();
        for (const Node parent : parents) lowest = std::min(lowest, position[parent]);
        todo.assign(parents.begin(), parents.end());
        while (!todo.empty()) {
            const Node node = todo.back();
            todo.pop_back();
            for (const Node below : graph_.parents(node)) {
                if (position[below] < lowest || seen_by[below] == merge + 1) continue;
                seen_by[below] = merge + 1;
                todo.push_back(below);
            }
        }
        for (const Node parent : parents) {
            if (seen_by[parent] != merge + 1) continue;
            return Error{
                .code = "HT0246",
                .sentence = fmt::format("revision {} merges {}, which another of its parents already stands on",
                                        place(at(merge)), place(at(parent))),
                .hint = fmt::format("take {} out of its `Revises` line", at(parent).id.text())};
        }
    }
    return base::Done{};
}

void Builder::find_label_roots() {
    graph_.label_root_.resize(count());
    for (const Node node : graph_.topological_) {
        std::optional<Node> root;
        bool own = !at(node).labels.empty();
        for (const Node parent : graph_.parents(node)) {
            const auto above = graph_.label_root_[parent];
            own = own || (root && above && *root != *above);
            if (above) root = above;
        }
        graph_.label_root_[node] = own ? std::optional(node) : root;
    }
}

base::Result<Graph> Graph::build(std::vector<Revision> revisions, std::vector<DomainName> domains) {
    return Builder(std::move(revisions), std::move(domains)).run();
}

}  // namespace haetae::graph
