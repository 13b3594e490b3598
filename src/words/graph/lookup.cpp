// SPDX-License-Identifier: Apache-2.0
// Names are looked up in every domain a command means; one answer is taken, several are listed, none is explained.
#include "graph/lookup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string>

#include "graph/naming.hpp"

namespace haetae::graph {

namespace {

using base::Error;

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

/// Revisions whose name differs by case alone, or holds `name` somewhere: what may have been meant.
std::vector<Node> similar(const Graph& graph, std::span<const DomainName> domains, std::string_view name) {
    std::vector<Node> found;
    const auto wanted = lower(name);
    for (const auto& domain : domains) {
        for (const Node node : graph.nodes_of(domain)) {
            const auto& revision = graph.at(node);
            const auto alike = [&](std::string_view text) { return lower(text).find(wanted) != std::string::npos; };
            const bool by_label = std::any_of(revision.labels.begin(), revision.labels.end(),
                                              [&](const BranchLabel& label) { return alike(label.text()); });
            if (alike(revision.id.text()) || by_label) found.push_back(node);
        }
    }
    return found;
}

Error unknown(const Graph& graph, std::span<const DomainName> domains, std::string_view name) {
    Error error{.code = "HT0150",
                .sentence = fmt::format("no revision or label of {} is, or begins with, '{}'",
                                        domains.size() == 1 ? "domain " + domains.front().text() : "the project", name),
                .hint = "`haetae history` lists all revisions"};
    for (const auto& domain : domains) {
        if (const auto squashed = graph.find_replacing(domain, name)) {
            error.hint = fmt::format("it was squashed into {}: name that", name_of(graph, *squashed));
            return error;
        }
    }
    for (const auto& domain : graph.domains()) {
        if (std::find(domains.begin(), domains.end(), domain) != domains.end()) continue;
        if (graph.find(domain, name) || graph.find_label(domain, name)) {
            error.hint = fmt::format("domain {} has it: say `-d {}`", domain.text(), domain.text());
            return error;
        }
    }
    if (const auto alike = similar(graph, domains, name); !alike.empty()) {
        error.hint = fmt::format(
            "did you mean {}? Case counts, a partial id is its beginning, and ids shorter than four characters are "
            "written in full",
            names_of(graph, alike));
    }
    return error;
}

Error ambiguous(const Graph& graph, std::string_view name, std::span<const Node> candidates, bool exact) {
    return Error{.code = "HT0152",
                 .sentence = fmt::format("'{}' {} several revisions: {}", name, exact ? "names" : "is the beginning of",
                                         names_of(graph, candidates)),
                 .hint = exact ? fmt::format("write {}, or say the domain with -d", name_of(graph, candidates.front()))
                               : std::string("write more of the id")};
}

}  // namespace

base::Result<Node> find_name(const Graph& graph, std::span<const DomainName> domains, std::string_view name,
                             const NodeSet* branch, std::string_view branch_name) {
    std::vector<Node> found;
    for (const auto& domain : domains) {
        auto node = graph.find(domain, name);
        if (!node) node = graph.find_label(domain, name);
        if (node) found.push_back(*node);
    }
    if (found.size() > 1) return ambiguous(graph, name, found, true);
    const auto outside = [&](Node node) {
        return Error{
            .code = "HT0158",
            .sentence = fmt::format("revision {} is not in the branch of '{}'", name_of(graph, node), branch_name),
            .hint = fmt::format("a branch is its revision with all ancestors and descendants; name {} without "
                                "`{}@`",
                                name_of(graph, node), branch_name)};
    };
    if (found.size() == 1) {
        if (branch != nullptr && !branch->has(found.front())) return outside(found.front());
        return found.front();
    }
    for (const auto& domain : domains) {
        const auto starting = graph.find_prefix(domain, name);
        found.insert(found.end(), starting.begin(), starting.end());
    }
    const std::vector<Node> everywhere = found;
    if (branch != nullptr) std::erase_if(found, [&](Node node) { return !branch->has(node); });
    if (found.size() == 1) return found.front();
    if (found.size() > 1) return ambiguous(graph, name, found, false);
    if (everywhere.size() == 1) return outside(everywhere.front());
    return unknown(graph, domains, name);
}

}  // namespace haetae::graph
