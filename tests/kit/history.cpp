// SPDX-License-Identifier: Apache-2.0
// Reading the small notation, and telling plans in one line.
#include "history.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "graph/naming.hpp"

namespace haetae::kit {

namespace {

using graph::BranchLabel;
using graph::DomainName;
using graph::Revision;
using graph::RevisionId;

void take(Revision& revision, char mark, const std::string& word) {
    if (word.starts_with('[')) {
        revision.labels.push_back(BranchLabel(word.substr(1, word.size() - 2)));
    } else if (mark == '<') {
        revision.parents.push_back(RevisionId(word));
    } else if (mark == '~') {
        const auto colon = word.find(':');
        if (colon == std::string::npos) {
            revision.depends_on.push_back({.name = word});
        } else {
            revision.depends_on.push_back(
                {.domain = DomainName(word.substr(0, colon)), .name = word.substr(colon + 1)});
        }
    } else if (mark == '=') {
        revision.replaces.push_back(RevisionId(word));
    } else {
        revision.id = RevisionId(word);
    }
}

}  // namespace

std::vector<Revision> history(std::string_view domain, std::string_view text) {
    std::vector<Revision> revisions;
    std::string lines(text);
    std::replace(lines.begin(), lines.end(), ';', '\n');
    std::istringstream stream(lines);
    for (std::string line; std::getline(stream, line);) {
        Revision revision{.domain = DomainName(std::string(domain)), .id = RevisionId("")};
        std::istringstream words(line);
        char mark = ' ';
        for (std::string word; words >> word;) {
            if (word == "<" || word == "~" || word == "=") {
                mark = word.front();
            } else {
                take(revision, mark, word);
            }
        }
        if (!revision.id.empty()) revisions.push_back(std::move(revision));
    }
    return revisions;
}

graph::Graph graph_of(const std::vector<std::pair<std::string, std::string>>& histories) {
    std::vector<Revision> all;
    std::vector<DomainName> domains;
    for (const auto& [domain, text] : histories) {
        domains.push_back(DomainName(domain));
        auto revisions = history(domain, text);
        std::move(revisions.begin(), revisions.end(), std::back_inserter(all));
    }
    auto graph = graph::Graph::build(std::move(all), std::move(domains));
    if (!graph) throw std::invalid_argument(graph.error().sentence);
    return std::move(graph).value();
}

std::vector<RevisionId> ids(std::string_view text) {
    std::vector<RevisionId> result;
    std::istringstream words{std::string(text)};
    for (std::string word; words >> word;) result.push_back(RevisionId(word));
    return result;
}

std::string names(const graph::Graph& graph, const std::vector<graph::Node>& nodes) {
    std::string text;
    for (const auto node : nodes) text += (text.empty() ? "" : " ") + name_of(graph, node);
    return text;
}

std::string told(const graph::Graph& graph, const plan::Plan& plan, const std::vector<RevisionId>& before) {
    std::vector<graph::Node> nodes;
    for (const auto& step : plan.steps) nodes.push_back(step.node);
    std::string text = names(graph, nodes) + (nodes.empty() ? "->" : " ->");
    for (const auto& row : plan.steps.empty() ? before : plan.steps.back().to) text += " " + row.text();
    return text;
}

}  // namespace haetae::kit
