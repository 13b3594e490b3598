// SPDX-License-Identifier: Apache-2.0
// A revision becomes a row when it is applied and nothing applied stands on it any more; counters of who stands on whom
// make that an answer without a search.
#include "plan/version_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "graph/lineage.hpp"

namespace haetae::plan {

namespace {

using base::Error;
using graph::DomainName;
using graph::Edges;
using graph::Graph;
using graph::Node;
using graph::NodeSet;
using graph::RevisionId;

/// Parents, then dependencies of the same domain, each once.
std::vector<Node> direct_ancestors(const Graph& graph, Node node) {
    std::vector<Node> nodes(graph.parents(node).begin(), graph.parents(node).end());
    for (const Node dependency : graph.dependencies(node)) {
        if (graph.domain_index(dependency) != graph.domain_index(node)) continue;
        if (std::find(nodes.begin(), nodes.end(), dependency) == nodes.end()) nodes.push_back(dependency);
    }
    return nodes;
}

base::Status check_overlap(const Graph& graph, const DomainName& domain, const std::vector<Row>& rows) {
    if (rows.size() < 2) return base::Done{};
    const std::string hint = fmt::format(
        "the version table should hold heads only; when sure what is applied, set it with `haetae stamp -d {} ID`",
        domain.text());
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (rows[i].node != rows[i - 1].node) continue;
        return Error{.code = "HT0161",
                     .sentence = fmt::format("the version table of domain {} holds {} and {}, which are one revision",
                                             domain.text(), rows[i - 1].text.text(), rows[i].text.text()),
                     .hint = hint};
    }
    std::vector<Node> starts;
    for (const auto& row : rows) {
        const auto next = direct_ancestors(graph, row.node);
        starts.insert(starts.end(), next.begin(), next.end());
    }
    const auto implied = graph::ancestors(graph, starts, Edges::domain);
    for (const auto& row : rows) {
        if (!implied.has(row.node)) continue;
        const Node start[] = {row.node};
        const auto above = graph::descendants(graph, start, Edges::domain);
        const auto upper = std::find_if(rows.begin(), rows.end(), [&](const Row& other) {
            return other.node != row.node && above.has(other.node);
        });
        BUG_IF(upper == rows.end(), "a row is implied by no other");
        return Error{.code = "HT0161",
                     .sentence = fmt::format("the version table of domain {} holds {} and also {}, which it stands on",
                                             domain.text(), upper->text.text(), row.text.text()),
                     .hint = hint};
    }
    return base::Done{};
}

}  // namespace

base::Result<std::vector<Row>> read_rows(const Graph& graph, const DomainName& domain,
                                         const std::vector<RevisionId>& rows) {
    std::vector<Row> found;
    for (const auto& row : rows) {
        if (const auto node = graph.find(domain, row.text())) {
            found.push_back({*node, row});
            continue;
        }
        const auto replacing = graph.find_replacing(domain, row.text());
        if (!replacing) {
            return Error{.code = "HT0160",
                         .sentence = fmt::format("the version table of domain {} holds {}, which no revision file has",
                                                 domain.text(), row.text()),
                         .hint = fmt::format("is this the right database, and is the checkout complete? Bring the file "
                                             "back, or, when sure what is applied, `haetae stamp -d {} ID --purge`",
                                             domain.text())};
        }
        const auto& revision = graph.at(*replacing);
        if (revision.replaces.back() != row) {
            return Error{.code = "HT0162",
                         .sentence = fmt::format("the version table of domain {} holds {}, which was squashed into {} "
                                                 "together with later revisions that this database lacks",
                                                 domain.text(), row.text(), revision.id.text()),
                         .hint = fmt::format("upgrade this database to {} with the files from before the squash first",
                                             revision.replaces.back().text())};
        }
        found.push_back({*replacing, row});
    }
    std::sort(found.begin(), found.end(), [](const Row& a, const Row& b) { return a.node < b.node; });
    return found;
}

VersionTables::VersionTables(const Graph& graph)
    : graph_(&graph), applied_(graph.size()), texts_(graph.domains().size()), applied_above_(graph.size(), 0) {}

base::Result<VersionTables> VersionTables::read(const Graph& graph, const VersionRows& rows) {
    VersionTables tables(graph);
    for (const auto& [domain, texts] : rows) TRY(tables.add_domain(domain, texts));
    tables.applied_ = graph::ancestors(graph, tables.row_nodes(), Edges::domain);
    for (const Node node : tables.applied_.list()) {
        for (const Node lower : tables.below(node)) ++tables.applied_above_[lower];
    }
    return tables;
}

base::Status VersionTables::add_domain(const DomainName& domain, const std::vector<RevisionId>& rows) {
    const auto found = TRY(read_rows(*graph_, domain, rows));
    TRY(check_overlap(*graph_, domain, found));
    for (const auto& row : found) add_row(row.node, row.text);
    return base::Done{};
}

std::vector<Node> VersionTables::below(Node node) const {
    return direct_ancestors(*graph_, node);
}

std::vector<Node> VersionTables::row_nodes() const {
    std::vector<Node> nodes;
    nodes.reserve(rows_.size());
    for (const auto& [node, text] : rows_) nodes.push_back(node);
    return nodes;
}

void VersionTables::add_row(Node node, RevisionId text) {
    auto& texts = texts_[graph_->domain_index(node)];
    texts.insert(std::lower_bound(texts.begin(), texts.end(), text), text);
    rows_.emplace(node, std::move(text));
}

RevisionId VersionTables::take_row(Node node) {
    auto taken = rows_.extract(node);
    BUG_IF(taken.empty(), "a row is taken that is not there");
    auto& texts = texts_[graph_->domain_index(node)];
    texts.erase(std::lower_bound(texts.begin(), texts.end(), taken.mapped()));
    return std::move(taken.mapped());
}

Step VersionTables::apply(Node node) {
    const auto& id = graph_->at(node).id;
    Step step{.node = node, .direction = Direction::up, .from = texts_[graph_->domain_index(node)]};
    std::vector<RevisionId> replaced;
    for (const Node lower : below(node)) {
        BUG_IF(!applied_.has(lower), "a step comes before what it stands on");
        ++applied_above_[lower];
        if (rows_.contains(lower)) replaced.push_back(take_row(lower));
    }
    // A merge deletes the rows of all parents but one, whose row it becomes.
    for (std::size_t i = 1; i < replaced.size(); ++i) {
        step.row_changes.push_back({.kind = RowChange::Kind::remove, .from = replaced[i]});
    }
    if (replaced.empty()) {
        step.row_changes.push_back({.kind = RowChange::Kind::insert, .to = id});
    } else {
        step.row_changes.push_back({.kind = RowChange::Kind::update, .from = replaced.front(), .to = id});
    }
    applied_.add(node);
    add_row(node, id);
    step.to = texts_[graph_->domain_index(node)];
    return step;
}

Step VersionTables::undo(Node node) {
    Step step{.node = node, .direction = Direction::down, .from = texts_[graph_->domain_index(node)]};
    const auto text = take_row(node);
    applied_.remove(node);
    std::vector<Node> revealed;
    for (const Node lower : below(node)) {
        if (--applied_above_[lower] == 0) revealed.push_back(lower);
    }
    // An undone merge inserts the rows of all parents but one, which its own row becomes.
    for (std::size_t i = 1; i < revealed.size(); ++i) {
        step.row_changes.push_back({.kind = RowChange::Kind::insert, .to = graph_->at(revealed[i]).id});
    }
    if (revealed.empty()) {
        step.row_changes.push_back({.kind = RowChange::Kind::remove, .from = text});
    } else {
        step.row_changes.push_back(
            {.kind = RowChange::Kind::update, .from = text, .to = graph_->at(revealed.front()).id});
    }
    for (const Node lower : revealed) add_row(lower, graph_->at(lower).id);
    step.to = texts_[graph_->domain_index(node)];
    return step;
}

base::Result<std::vector<Node>> applied_nodes(const Graph& graph, const VersionRows& rows) {
    const auto tables = TRY(VersionTables::read(graph, rows));
    return tables.applied().list();
}

}  // namespace haetae::plan
