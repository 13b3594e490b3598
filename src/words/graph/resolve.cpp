// SPDX-License-Identifier: Apache-2.0
// From an address to the revisions it means, by Alembic's rules where they are sound. Lineage, "the branch of X", is
// always by parents; a bare +N or -N counts from the rows of one domain.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "graph/address.hpp"
#include "graph/lineage.hpp"
#include "graph/lookup.hpp"
#include "graph/naming.hpp"
#include "graph/walk.hpp"

namespace haetae::graph {

namespace {

using base::Error;
using Anchor = Address::Anchor;

bool is_reserved(std::string_view word) {
    return word == "head" || word == "heads" || word == "base" || word == "current";
}

class Resolver {
 public:
    Resolver(const Graph& graph, const Address& address, const Where& where)
        : graph_(graph), address_(address), where_(where) {}

    base::Result<Destination> run();

 private:
    base::Status choose_domains();
    base::Status choose_branch();
    base::Result<DomainName> one_domain() const;
    base::Result<std::vector<Node>> rows(const DomainName& domain) const;
    [[nodiscard]] bool in_branch(Node node) const { return !line_ || line_->has(node); }
    [[nodiscard]] std::string text() const { return address_.text; }
    [[nodiscard]] bool is_name(std::string_view name) const;

    base::Result<std::vector<Node>> head() const;
    [[nodiscard]] std::vector<Node> heads() const;
    base::Result<std::vector<Node>> current() const;
    base::Result<std::vector<Node>> anchor() const;
    base::Result<Destination> from_here() const;
    base::Result<std::optional<Node>> here_up(const DomainName& domain) const;
    base::Result<Node> here_down(const DomainName& domain) const;
    base::Result<Destination> relative() const;
    [[nodiscard]] Destination at(std::vector<Node> nodes) const;

    const Graph& graph_;
    const Address& address_;
    const Where& where_;
    std::vector<DomainName> domains_{};
    std::optional<Node> branch_{};
    std::optional<NodeSet> line_{};
};

base::Status Resolver::choose_domains() {
    domains_ = where_.domains;
    if (!address_.domain) return base::Done{};
    if (std::find(domains_.begin(), domains_.end(), *address_.domain) == domains_.end()) {
        return Error{.code = "HT0171",
                     .sentence = fmt::format("'{}' is in domain {}, and the command means {}", text(),
                                             address_.domain->text(), names_of(where_.domains)),
                     .hint = fmt::format("say `-d {}`", address_.domain->text())};
    }
    domains_ = {*address_.domain};
    return base::Done{};
}

base::Status Resolver::choose_branch() {
    if (!address_.branch) return base::Done{};
    const auto& name = *address_.branch;
    auto found = is_reserved(name) ? base::Result<Node>(Error{.code = "HT0150", .sentence = ""})
                                   : find_name(graph_, domains_, name, nullptr, "");
    if (!found && found.error().code == "HT0150") {
        return Error{.code = "HT0157",
                     .sentence = fmt::format("'{}': no branch is called '{}'", text(), name),
                     .hint = "before the '@' stands a branch label, or a revision of the branch"};
    }
    branch_ = TRY(std::move(found));
    domains_ = {graph_.at(*branch_).domain};
    line_ = lineage(graph_, *branch_);
    return base::Done{};
}

/// The domain that is meant where one must be: the only one, or the only one that has revisions.
base::Result<DomainName> Resolver::one_domain() const {
    if (domains_.size() == 1) return domains_.front();
    std::vector<DomainName> filled;
    for (const auto& domain : domains_) {
        if (!graph_.nodes_of(domain).empty()) filled.push_back(domain);
    }
    if (filled.size() == 1) return filled.front();
    if (filled.empty() && !domains_.empty()) return domains_.front();
    return Error{.code = "HT0168",
                 .sentence = fmt::format("'{}' counts steps in one domain, and several are meant: {}", text(),
                                         names_of(domains_)),
                 .hint = domains_.empty() ? std::string("say the domain with -d")
                                          : fmt::format("say the domain: -d {}", domains_.front().text())};
}

base::Result<std::vector<Node>> Resolver::rows(const DomainName& domain) const {
    if (!where_.current) {
        return Error{
            .code = "HT0164",
            .sentence = fmt::format("'{}' counts from where a database stands, and none is asked here", text()),
            .hint = "name a revision instead"};
    }
    auto nodes = *where_.current;
    std::erase_if(nodes, [&](Node node) { return graph_.at(node).domain != domain; });
    return nodes;
}

base::Result<std::vector<Node>> Resolver::head() const {
    std::vector<Node> found;
    for (const auto& domain : domains_) {
        auto heads = graph_.heads_of(domain);
        std::erase_if(heads, [&](Node node) { return !in_branch(node); });
        if (heads.size() > 1) {
            return Error{
                .code = "HT0153",
                .sentence = fmt::format(
                    "'{}' means one head, and {} has {}: {}", text(),
                    branch_ ? fmt::format("branch {}", *address_.branch) : fmt::format("domain {}", domain.text()),
                    heads.size(), names_of(graph_, heads)),
                .hint = fmt::format("`heads` means all of them, {}@head one; `haetae merge heads` makes them one",
                                    graph_.at(heads.front()).id.text())};
        }
        found.insert(found.end(), heads.begin(), heads.end());
    }
    return found;
}

std::vector<Node> Resolver::heads() const {
    std::vector<Node> found;
    for (const auto& domain : domains_) {
        auto heads = branch_ ? graph_.heads_of(domain) : graph_.real_heads_of(domain);
        std::erase_if(heads, [&](Node node) { return !in_branch(node); });
        found.insert(found.end(), heads.begin(), heads.end());
    }
    return found;
}

base::Result<std::vector<Node>> Resolver::current() const {
    std::vector<Node> found;
    for (const auto& domain : domains_) {
        auto nodes = TRY(rows(domain));
        std::erase_if(nodes, [&](Node node) { return !in_branch(node); });
        found.insert(found.end(), nodes.begin(), nodes.end());
    }
    return found;
}

base::Result<std::vector<Node>> Resolver::anchor() const {
    switch (address_.anchor) {
        case Anchor::head:
            return head();
        case Anchor::heads:
            return heads();
        case Anchor::current:
        case Anchor::here:
            return current();
        case Anchor::base:
            return std::vector<Node>{};
        case Anchor::name:
            break;
    }
    const Node node =
        TRY(find_name(graph_, domains_, address_.name, line_ ? &*line_ : nullptr, address_.branch.value_or("")));
    return std::vector<Node>{node};
}

Destination Resolver::at(std::vector<Node> nodes) const {
    Destination destination{.nodes = std::move(nodes), .domains = domains_, .branch = branch_};
    std::sort(destination.nodes.begin(), destination.nodes.end());
    if (address_.anchor == Anchor::name) destination.domains = {graph_.at(destination.nodes.front()).domain};
    return destination;
}

/// Where +N begins: the row, in a branch the newest applied revision of it; nothing = the base.
base::Result<std::optional<Node>> Resolver::here_up(const DomainName& domain) const {
    const auto all = TRY(rows(domain));
    auto starts = all;
    std::erase_if(starts, [&](Node node) { return !in_branch(node); });
    if (starts.empty() && line_) {
        // The branch itself has not begun: its newest applied revision lies below a row of another branch.
        const auto applied = ancestors(graph_, all, Edges::domain);
        auto below = line_->list();
        std::erase_if(below, [&](Node node) { return !applied.has(node); });
        NodeSet covered(graph_.size());
        for (const Node node : below) {
            for (const Node parent : graph_.parents(node)) covered.add(parent);
            for (const Node dependency : graph_.dependencies(node)) covered.add(dependency);
        }
        std::erase_if(below, [&](Node node) { return covered.has(node); });
        starts = below;
    }
    if (starts.size() > 1) {
        return Error{
            .code = "HT0156",
            .sentence = fmt::format("'{}' could count from several revisions: {}", text(), names_of(graph_, starts)),
            .hint = fmt::format("say which: {}@{:+d}, or name the target", graph_.at(starts.front()).id.text(),
                                address_.steps)};
    }
    return starts.empty() ? std::nullopt : std::optional(starts.front());
}

/// Where -N begins.
base::Result<Node> Resolver::here_down(const DomainName& domain) const {
    const auto all = TRY(rows(domain));
    auto starts = all;
    std::erase_if(starts, [&](Node node) { return !in_branch(node); });
    if (starts.empty() && line_) {
        // Every row of the branch may be hidden behind another one that depends on it.
        const auto applied = ancestors(graph_, all, Edges::domain);
        starts = line_->list();
        std::erase_if(starts, [&](Node node) {
            const auto children = graph_.children(node);
            return !applied.has(node) ||
                   std::any_of(children.begin(), children.end(), [&](Node child) { return applied.has(child); });
        });
    }
    if (starts.empty()) {
        return Error{.code = "HT0154",
                     .sentence = fmt::format("'{}' counts down from what is applied, and nothing of {} is", text(),
                                             branch_ ? fmt::format("branch {}", *address_.branch)
                                                     : fmt::format("domain {}", domain.text())),
                     .hint = "`haetae current` shows where the database stands"};
    }
    if (starts.size() > 1) {
        return Error{
            .code = "HT0156",
            .sentence = fmt::format("'{}' could count from several revisions: {}", text(), names_of(graph_, starts)),
            .hint = fmt::format("say which branch: {}@{:+d}, or name the revision to go to",
                                graph_.at(starts.front()).id.text(), address_.steps)};
    }
    return starts.front();
}

base::Result<Destination> Resolver::from_here() const {
    const auto domain = TRY(one_domain());
    Destination destination{.domains = {domain}, .branch = branch_};
    if (address_.steps > 0) {
        destination.from = TRY(here_up(domain));
        destination.nodes = {
            TRY(walk_up(graph_, domain, destination.from, address_.steps, line_ ? &*line_ : nullptr, address_.text))};
        return destination;
    }
    destination.from = TRY(here_down(domain));
    const auto reached = TRY(walk_down(graph_, *destination.from, -address_.steps, address_.text));
    if (reached) destination.nodes = {*reached};
    return destination;
}

base::Result<Destination> Resolver::relative() const {
    if (address_.anchor == Anchor::here || address_.anchor == Anchor::current) return from_here();
    const auto starts = TRY(anchor());
    if (starts.size() > 1) {
        if (domains_.size() > 1) TRY(one_domain());
        return Error{.code = "HT0153",
                     .sentence = fmt::format("'{}' counts from one head, and there are {}: {}", text(), starts.size(),
                                             names_of(graph_, starts)),
                     .hint = fmt::format("say which: {}{:+d}", graph_.at(starts.front()).id.text(), address_.steps)};
    }
    Destination destination{.domains = {}, .branch = branch_};
    if (!starts.empty()) destination.from = starts.front();
    const auto domain = starts.empty() ? TRY(one_domain()) : graph_.at(starts.front()).domain;
    destination.domains = {domain};
    if (address_.steps > 0) {
        destination.nodes = {
            TRY(walk_up(graph_, domain, destination.from, address_.steps, line_ ? &*line_ : nullptr, address_.text))};
        return destination;
    }
    if (starts.empty()) {
        return Error{.code = "HT0154",
                     .sentence = fmt::format("'{}': nothing stands below the base", text()),
                     .hint = "count up from base: base+1"};
    }
    const auto reached = TRY(walk_down(graph_, starts.front(), -address_.steps, address_.text));
    if (reached) destination.nodes = {*reached};
    return destination;
}

/// Whether `name` itself is an id or a label: `v1-2` may be a label.
bool Resolver::is_name(std::string_view name) const {
    return std::any_of(domains_.begin(), domains_.end(), [&](const DomainName& domain) {
        return graph_.find(domain, name) || graph_.find_label(domain, name);
    });
}

base::Result<Destination> Resolver::run() {
    TRY(choose_domains());
    TRY(choose_branch());
    if (!address_.relative) return at(TRY(anchor()));
    if (address_.anchor == Anchor::name && is_name(address_.whole)) {
        const Node node =
            TRY(find_name(graph_, domains_, address_.whole, line_ ? &*line_ : nullptr, address_.branch.value_or("")));
        return at({node});
    }
    return relative();
}

}  // namespace

base::Result<Destination> resolve(const Graph& graph, const Address& address, const Where& where) {
    return Resolver(graph, address, where).run();
}

base::Result<Node> resolve_one(const Graph& graph, const Address& address, const Where& where) {
    const auto destination = TRY(resolve(graph, address, where));
    if (destination.nodes.size() == 1) return destination.nodes.front();
    if (destination.nodes.empty()) {
        return Error{.code = "HT0163",
                     .sentence = fmt::format("'{}' is no revision: nothing is there", address.text),
                     .hint = "name a revision by its id; `haetae history` lists them"};
    }
    return Error{.code = "HT0153",
                 .sentence = fmt::format("'{}' means {} revisions, and one is wanted: {}", address.text,
                                         destination.nodes.size(), names_of(graph, destination.nodes)),
                 .hint = fmt::format("name one of them: {}", name_of(graph, destination.nodes.front()))};
}

}  // namespace haetae::graph
