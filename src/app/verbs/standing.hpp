// SPDX-License-Identifier: Apache-2.0
// Where a database stands, for the verbs that look: its rows as revisions of the graph, and what stopped part-way. Only
// reads; the role needs SELECT on the version tables and nothing else.
#pragma once

#include <string>
#include <vector>

#include "graph/address.hpp"
#include "ledger/progress.hpp"
#include "outcome/domain_status.hpp"
#include "policy/mark.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

struct Standing {
    std::string database;                ///< as `target::Target::described` says it
    std::vector<graph::Node> rows{};     ///< of the version tables, sorted
    std::vector<graph::Node> applied{};  ///< all that the rows imply, sorted
    std::vector<ledger::Progress> in_progress{};
    policy::Mark mark{};
    std::string emergency{};  ///< the last one, with its outcome; empty where there was none or the role may not see
};

/// Whether an address is relative to where the database stands.
bool asks_database(const graph::Address& address);

/// Of the domains of the scope alone, so that a stray row elsewhere is no obstacle.
/// Errors: those of find_target, open_to_look and read_tables; HT0160, HT0161, HT0162 rows that the files do not
/// explain.
base::Result<Standing> read_standing(const Workspace& workspace, const cli::Given& given, cli::Talk& talk);

/// The revisions that the verb's arguments mean, in the order given, each once. The database is asked when one is
/// relative to it. Errors: those of parse_address, resolve and read_standing.
base::Result<std::vector<graph::Node>> meant_nodes(const Workspace& workspace, const cli::Given& given,
                                                   cli::Talk& talk);

/// The rows, and the heads that they imply without being rows: what `current` means. Sorted.
std::vector<graph::Node> current_nodes(const Workspace& workspace, const Standing& standing);

/// One entry a domain of the scope.
std::vector<outcome::DomainStatus> statuses_of(const Workspace& workspace, const Standing& standing);

}  // namespace haetae::verbs
