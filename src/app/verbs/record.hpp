// SPDX-License-Identifier: Apache-2.0
// The history on disk beside the one on record: what the ledger says was applied, held against the files.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "ledger/ledger.hpp"
#include "policy/history.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

struct Record {
    std::vector<graph::Node> applied{};  ///< of the domains that were asked for
    policy::HistoryFindings findings{};
};

/// Of the domains `names`. Reads the ledger; writes nothing.
base::Result<Record> read_record(connect::Connection& connection, const Workspace& workspace,
                                 const plan::VersionRows& rows, std::span<const graph::DomainName> names);

/// The revisions that --accept-edited and --out-of-order name.
base::Result<policy::Exceptions> exceptions_of(const cli::Given& given, const Workspace& workspace);

/// One ledger row a domain that lists `nodes` as deemed applied, with their checksums. `kind`: adopted or stamped.
base::Result<std::vector<ledger::Entry>> deemed_applied(const Workspace& workspace, std::span<const graph::Node> nodes,
                                                        const std::string& kind, ledger::RunId run);

/// The checksums of a revision's file as it is now.
base::Result<policy::Checksums> checksums_of(const Workspace& workspace, graph::Node node);

}  // namespace haetae::verbs
