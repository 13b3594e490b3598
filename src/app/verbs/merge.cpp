// SPDX-License-Identifier: Apache-2.0
// `haetae merge REV…`: a revision that joins branches.
#include <fmt/format.h>

#include <algorithm>

#include "graph/address.hpp"
#include "graph/lineage.hpp"
#include "graph/naming.hpp"
#include "verbs/new_revision.hpp"
#include "verbs/verb_list.hpp"

namespace haetae::verbs {

namespace {

using base::Error;
using graph::Node;
using Anchor = graph::Address::Anchor;

/// The revisions that one argument names. `heads` means every head of one domain, also those that others depend on.
base::Result<std::vector<Node>> nodes_meant(const Workspace& workspace, const graph::Address& address) {
    const bool means_heads = (address.anchor == Anchor::heads || address.anchor == Anchor::head) && address.steps == 0;
    if (means_heads && !address.branch) {
        return workspace.graph.heads_of(address.domain ? *address.domain : TRY(one_domain(workspace)));
    }
    const auto destination = TRY(graph::resolve(workspace.graph, address, {.domains = workspace.scope.domains}));
    return destination.nodes;
}

base::Status check_worth_merging(const graph::Graph& graph, const std::vector<Node>& nodes) {
    if (nodes.size() < 2) {
        return Error{.code = "HT0120",
                     .sentence = nodes.empty() ? "there is nothing to merge"
                                               : fmt::format("there is nothing to merge: only {} is meant",
                                                             graph::name_of(graph, nodes.front())),
                     .hint = "a merge joins two revisions or more; `haetae heads` lists the heads"};
    }
    for (const Node node : nodes) {
        if (graph.at(node).domain == graph.at(nodes.front()).domain) continue;
        return Error{.code = "HT0113",
                     .sentence = fmt::format("a merge joins revisions of one domain, and {} and {} are of two",
                                             graph::name_of(graph, nodes.front()), graph::name_of(graph, node)),
                     .hint = "a revision of another domain can be depended on: `haetae revision --depends-on`"};
    }
    for (const Node above : nodes) {
        const std::vector<Node> one{above};
        const auto below = graph::ancestors(graph, one, graph::Edges::parents);
        const auto found =
            std::find_if(nodes.begin(), nodes.end(), [&](Node node) { return node != above && below.has(node); });
        if (found == nodes.end()) continue;
        return Error{.code = "HT0121",
                     .sentence = fmt::format("{} stands on {} already", graph::name_of(graph, above),
                                             graph::name_of(graph, *found)),
                     .hint = fmt::format("leave {} out", graph::name_of(graph, *found))};
    }
    return base::Done{};
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    const auto workspace = TRY(open_workspace(given, talk));
    const auto& graph = workspace.graph;
    std::vector<Node> nodes;
    for (const auto& text : given.arguments) {
        const auto address = TRY(graph::parse_address(text, graph.domains()));
        for (const Node node : TRY(nodes_meant(workspace, address))) {
            if (std::find(nodes.begin(), nodes.end(), node) == nodes.end()) nodes.push_back(node);
        }
    }
    TRY(check_worth_merging(graph, nodes));
    std::vector<std::string> ids;
    for (const Node node : nodes) ids.push_back(graph.at(node).id.text());
    const Draft draft{.domain = graph.at(nodes.front()).domain,
                      .message = given.value("--message").value_or(fmt::format("merge {}", fmt::join(ids, ", "))),
                      .parents = nodes,
                      .splice = given.has("--splice")};
    return write_new_revision(workspace, draft, given, talk);
}

}  // namespace

extern const cli::Verb merge_verb{
    .name = "merge",
    .group = cli::Group::author,
    .summary = "write a revision that joins branches",
    .description =
        "Writes a revision that follows several others of one domain, without SQL of its own, and prints its path.\n"
        "`heads` means all heads of the domain.",
    .example = "haetae merge heads -m \"join grades and guilds\"\nhaetae merge 9f3c 1b2c -d character",
    .arguments = {{"REV", "a head", 1, cli::Argument::any}},
    .options = options_of_new_revisions(),
    .run = run,
};

}  // namespace haetae::verbs
