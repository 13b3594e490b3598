// SPDX-License-Identifier: Apache-2.0
// The ledger: what was run, by whom, when, from where and with which outcome. Append-only, chained by hash.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "connect/connection.hpp"
#include "graph/revision.hpp"

namespace haetae::ledger {

using RunId = std::int64_t;

/// Who runs haetae, as far as the process can tell. Kept in the run's row.
struct Runner {
    std::string verb;  ///< "upgrade head"
    std::string os_user;
    std::string host;
    std::string tool_version;
    std::string reason{};  ///< as given by --reason
    std::string ci_run{};  ///< a URL where the CI system has one; empty outside CI
    std::string ci_actor{};
    std::string ci_commit{};
    std::string pooling{};  ///< "session pooling" where a pooler stands in between; empty on a direct connection
};

/// One row to be written. Absent texts are empty and become NULL.
struct Entry {
    std::string kind;  ///< run, revision, adopted, stamped, accepted-edited, out-of-order, in-doubt, abandoned,
                       ///< protected, unprotected, broke-glass, guard-installed, guard-removed,
                       ///< roles-applied, fingerprint, drifted
    std::optional<RunId> run{};
    std::string domain{};
    std::string revision{};
    std::string direction{};  ///< up, down, or empty
    std::string outcome{};    ///< done, failed, or empty
    std::string up_checksum{};
    std::string down_checksum{};
    std::optional<int> statement{};  ///< the last one reached, from 1
    std::string sqlstate{};
    std::string error{};
    std::string reason{};
    std::string details{};    ///< a JSON text, or empty
    std::string began_sql{};  ///< a timestamptz expression; duration_ms is what has passed since, by the server's clock
};

/// One row as it was read.
struct Row {
    std::int64_t id = 0;
    std::string at;  ///< "2026-11-22 10:00:00.123+00"
    Entry entry;
    std::string duration_ms;
    std::string role;
    std::string session_role;
};

/// An INSERT without a semicolon, for the message that runs a revision. Contains literals only; needs no search_path.
std::string insert_sql(const std::string& schema, const Entry& entry);

/// Writes the row of a run and returns its id.
base::Result<RunId> begin_run(connect::Connection& connection, const std::string& schema, const Runner& runner);

struct Filter {
    std::optional<std::string> kind{};
    std::vector<graph::DomainName> domains{};  ///< empty = all; rows of no domain always come along
    std::size_t rows_max = 0;                  ///< 0 = all; the newest are kept
};

/// Oldest first. Empty where the ledger does not exist. Errors: HT0608 the role may not read it.
base::Result<std::vector<Row>> read_ledger(connect::Connection& connection, const std::string& schema,
                                           const Filter& filter);

/// What the ledger last said of each revision: applied (by a run, by a stamp, or found applied when the database was
/// adopted), with the checksum of its up part then; absent where it was never applied, or last taken down.
struct Recorded {
    std::string up_checksum;
    std::string down_checksum;
};
using RecordedRevisions = std::map<std::pair<graph::DomainName, graph::RevisionId>, Recorded>;
base::Result<RecordedRevisions> recorded_revisions(connect::Connection& connection, const std::string& schema);

/// Ids of the rows whose hash, or whose link to the row before, does not hold. Computed by the server's own functions,
/// not by the triggers of the ledger.
base::Result<std::vector<std::int64_t>> broken_rows(connect::Connection& connection, const std::string& schema);

/// Is there a row that says `entry`'s run finished this revision in this direction? Asked when a connection broke after
/// COMMIT was sent.
base::Result<bool> run_finished(connect::Connection& connection, const std::string& schema, RunId run,
                                const graph::DomainName& domain, const graph::RevisionId& revision,
                                std::string_view direction);

}  // namespace haetae::ledger
