// SPDX-License-Identifier: Apache-2.0
// Version rows and ledger in, findings out; and the rows of the ledger that settle them.
#include "verbs/record.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "graph/address.hpp"
#include "os/parallel.hpp"
#include "revisions/folder.hpp"

namespace haetae::verbs {

namespace {

base::Result<std::set<graph::Node>> nodes_named(const cli::Given& given, std::string_view option,
                                                const Workspace& workspace) {
    std::set<graph::Node> nodes;
    for (const auto& text : given.values(option)) {
        const auto address = TRY(graph::parse_address(text, workspace.graph.domains()));
        nodes.insert(TRY(graph::resolve_one(workspace.graph, address, {.domains = workspace.scope.domains})));
    }
    return nodes;
}

}  // namespace

base::Result<policy::Checksums> checksums_of(const Workspace& workspace, graph::Node node) {
    auto parts = TRY(revisions::load_parts(workspace.settings, workspace.graph.at(node)));
    return policy::Checksums{.up = std::move(parts.up_checksum), .down = std::move(parts.down_checksum)};
}

base::Result<Record> read_record(connect::Connection& connection, const Workspace& workspace,
                                 const plan::VersionRows& rows, std::span<const graph::DomainName> names) {
    Record record;
    for (const auto node : TRY(plan::applied_nodes(workspace.graph, rows))) {
        if (std::find(names.begin(), names.end(), workspace.graph.at(node).domain) != names.end()) {
            record.applied.push_back(node);
        }
    }
    if (record.applied.empty()) return record;
    policy::RecordedChecksums recorded;
    for (const auto& [key, said] : TRY(ledger::recorded_revisions(connection, workspace.settings.ledger_schema))) {
        recorded.emplace(key, policy::Checksums{.up = said.up_checksum, .down = said.down_checksum});
    }
    std::vector<graph::Node> asked;
    std::copy_if(record.applied.begin(), record.applied.end(), std::back_inserter(asked), [&](graph::Node node) {
        const auto& revision = workspace.graph.at(node);
        return recorded.contains({revision.domain, revision.id});
    });
    const auto read = os::map_indexes<base::Result<policy::Checksums>>(
        asked.size(), [&](std::size_t i) { return checksums_of(workspace, asked[i]); });
    std::map<graph::Node, policy::Checksums> of_files;
    for (std::size_t i = 0; i < read.size(); ++i) of_files.emplace(asked[i], TRY(read[i]));
    record.findings = TRY(
        policy::check_history(workspace.graph, record.applied, recorded,
                              [&](graph::Node node) -> base::Result<policy::Checksums> { return of_files.at(node); }));
    return record;
}

base::Result<policy::Exceptions> exceptions_of(const cli::Given& given, const Workspace& workspace) {
    policy::Exceptions exceptions;
    exceptions.accept_edited = TRY(nodes_named(given, "--accept-edited", workspace));
    exceptions.out_of_order = TRY(nodes_named(given, "--out-of-order", workspace));
    return exceptions;
}

base::Result<std::vector<ledger::Entry>> deemed_applied(const Workspace& workspace, std::span<const graph::Node> nodes,
                                                        const std::string& kind, ledger::RunId run) {
    std::map<graph::DomainName, nlohmann::ordered_json> by_domain;
    for (const auto node : nodes) {
        const auto& revision = workspace.graph.at(node);
        const auto checksums = TRY(checksums_of(workspace, node));
        by_domain[revision.domain][revision.id.text()] = {checksums.up, checksums.down};
    }
    std::vector<ledger::Entry> entries;
    for (const auto& [domain, revisions] : by_domain) {
        entries.push_back({.kind = kind,
                           .run = run,
                           .domain = domain.text(),
                           .details = nlohmann::ordered_json{{"revisions", revisions}}.dump()});
    }
    return entries;
}

}  // namespace haetae::verbs
