// SPDX-License-Identifier: Apache-2.0
// A node is late when the rows imply it, the ledger never saw it applied, and one of its applied descendants in the
// same domain was: then it was put below that one afterwards. Without such a descendant another tool simply went on
// from there.
#include "policy/history.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace haetae::policy {

namespace {

std::string listed(const graph::Graph& graph, std::span<const graph::Node> nodes) {
    std::string text;
    for (const auto node : nodes) {
        const auto& revision = graph.at(node);
        text += fmt::format("{}{} of domain {} ({})", text.empty() ? "" : ", ", revision.id.text(),
                            revision.domain.text(), revision.file);
    }
    return text;
}

std::string options(const graph::Graph& graph, std::string_view option, std::span<const graph::Node> nodes) {
    std::string text;
    for (const auto node : nodes) {
        text += fmt::format("{}{} {}", text.empty() ? "" : " ", option, graph.at(node).id.text());
    }
    return text;
}

std::vector<graph::Node> without(std::span<const graph::Node> nodes, const std::set<graph::Node>& excepted) {
    std::vector<graph::Node> left;
    std::copy_if(nodes.begin(), nodes.end(), std::back_inserter(left),
                 [&](graph::Node node) { return !excepted.contains(node); });
    return left;
}

base::Status all_needed(const graph::Graph& graph, const std::set<graph::Node>& excepted,
                        std::span<const graph::Node> found, std::string_view option, std::string_view what) {
    for (const auto node : excepted) {
        if (std::find(found.begin(), found.end(), node) != found.end()) continue;
        return base::Error{
            .code = "HT0703",
            .sentence = fmt::format("{} {}: that revision is not {}", option, graph.at(node).id.text(), what),
            .hint = "leave the option out"};
    }
    return base::Done{};
}

}  // namespace

base::Result<HistoryFindings> check_history(const graph::Graph& graph, std::span<const graph::Node> applied,
                                            const RecordedChecksums& recorded,
                                            const std::function<base::Result<Checksums>(graph::Node)>& checksums_of) {
    HistoryFindings findings;
    std::vector<bool> is_applied(graph.size(), false);
    for (const auto node : applied) is_applied[node] = true;

    // Descendants first: `below_recorded` says that an applied descendant of the same domain is in the ledger.
    std::vector<bool> below_recorded(graph.size(), false);
    const auto order = graph.topological();
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
        const auto node = *at;
        if (!is_applied[node]) continue;
        const auto& revision = graph.at(node);
        const auto record = recorded.find({revision.domain, revision.id});
        if (record == recorded.end()) {
            (below_recorded[node] ? findings.late : findings.unrecorded).push_back(node);
        } else {
            const auto now = TRY(checksums_of(node));
            if (now.up != record->second.up) {
                findings.edited_up.push_back(node);
            } else if (now.down != record->second.down) {
                findings.edited_down.push_back(node);
            }
        }
        if (record == recorded.end() && !below_recorded[node]) continue;
        const auto mark = [&](std::span<const graph::Node> above) {
            for (const auto other : above) {
                if (graph.domain_index(other) == graph.domain_index(node)) below_recorded[other] = true;
            }
        };
        mark(graph.parents(node));
        mark(graph.dependencies(node));
    }
    for (auto* list : {&findings.edited_up, &findings.edited_down, &findings.late, &findings.unrecorded}) {
        std::reverse(list->begin(), list->end());
    }
    return findings;
}

base::Status judge_history(const graph::Graph& graph, const HistoryFindings& findings, const Exceptions& exceptions) {
    const auto edited = without(findings.edited_up, exceptions.accept_edited);
    if (!edited.empty()) {
        return base::Error{
            .code = "HT0701",
            .sentence = fmt::format("edited after it was applied: {}", listed(graph, edited)),
            .hint =
                fmt::format("put the old text back and write a new revision for the change; or, when the database is "
                            "as the new text says, record that with {}",
                            options(graph, "--accept-edited", edited)),
            .database_state = "nothing was changed"};
    }
    const auto late = without(findings.late, exceptions.out_of_order);
    if (!late.empty()) {
        return base::Error{
            .code = "HT0702",
            .sentence = fmt::format("merged in below revisions that are applied already, so it never ran here: {}",
                                    listed(graph, late)),
            .hint =
                fmt::format("give it the present head as `Revises`, so that it runs next; or run it now, out of order, "
                            "and record that with {}",
                            options(graph, "--out-of-order", late)),
            .database_state = "nothing was changed"};
    }
    TRY(all_needed(graph, exceptions.accept_edited, findings.edited_up, "--accept-edited", "edited"));
    return all_needed(graph, exceptions.out_of_order, findings.late, "--out-of-order", "below an applied one");
}

}  // namespace haetae::policy
