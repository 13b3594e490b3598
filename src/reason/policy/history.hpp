// SPDX-License-Identifier: Apache-2.0
// Does the history on disk still tell what happened in this database? Finds revisions that were edited after they were
// applied, revisions merged in below applied ones (which would never run), and revisions that were applied by another
// tool and are not in the ledger yet. Pure: rows, ledger and checksums come in.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "graph/graph.hpp"

namespace haetae::policy {

/// SHA-256 of a revision's parts, as files/revisions makes them.
struct Checksums {
    std::string up;
    std::string down;
};

using RevisionKey = std::pair<graph::DomainName, graph::RevisionId>;
using RecordedChecksums = std::map<RevisionKey, Checksums>;

struct HistoryFindings {
    std::vector<graph::Node> edited_up{};    ///< the up part differs from what was applied
    std::vector<graph::Node> edited_down{};  ///< only the down part differs: worth a warning
    std::vector<graph::Node> late{};         ///< implied by the rows, never applied, below one that was
    std::vector<graph::Node> unrecorded{};   ///< implied by the rows, unknown to the ledger: another tool applied it
};

/// `applied`: every node that the version rows imply. `checksums_of` is asked only for recorded nodes.
base::Result<HistoryFindings> check_history(const graph::Graph& graph, std::span<const graph::Node> applied,
                                            const RecordedChecksums& recorded,
                                            const std::function<base::Result<Checksums>(graph::Node)>& checksums_of);

/// What the user has allowed for this run.
struct Exceptions {
    std::set<graph::Node> accept_edited{};
    std::set<graph::Node> out_of_order{};
};

/// Refuses edited and late-merged revisions that were not excepted. Errors: HT0701 edited, HT0702 late-merged; each
/// names the files and the option that records the exception. HT0703 an exception that applies to nothing.
base::Status judge_history(const graph::Graph& graph, const HistoryFindings& findings, const Exceptions& exceptions);

}  // namespace haetae::policy
