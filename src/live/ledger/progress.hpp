// SPDX-License-Identifier: Apache-2.0
// Where a revision stands that cannot run in one transaction: the hash of each finished statement, and the one that was
// intended when the run stopped.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "connect/connection.hpp"
#include "graph/revision.hpp"
#include "ledger/ledger.hpp"

namespace haetae::ledger {

/// One statement of a revision that is under way.
struct ProgressRow {
    enum class State { intended, done };
    std::size_t statement = 0;  ///< from 0, within its part
    std::string hash;           ///< of the statement's text
    State state = State::intended;
};

struct Progress {
    graph::DomainName domain;
    graph::RevisionId revision;
    std::string direction;            ///< up or down
    std::vector<ProgressRow> rows{};  ///< by statement
};

/// Every revision that is part-way, by domain and revision. Empty where the table does not exist.
base::Result<std::vector<Progress>> read_progress(connect::Connection& connection, const std::string& schema);

/// The step that a progress row belongs to.
struct ProgressKey {
    graph::DomainName domain;
    graph::RevisionId revision;
    std::string direction;
    RunId run = 0;
};

/// Was this statement of the step finished by this run? Asked when a connection broke after COMMIT was sent.
base::Result<bool> is_finished(connect::Connection& connection, const std::string& schema, const ProgressKey& key,
                               std::size_t statement);

/// Statements without a semicolon, for the messages of the executor.
std::string intend_sql(const std::string& schema, const ProgressKey& key, std::size_t statement,
                       const std::string& hash);
std::string finish_sql(const std::string& schema, const ProgressKey& key, std::size_t statement,
                       const std::string& hash);
/// When the first statement of the step began, as a timestamptz expression.
std::string began_sql(const std::string& schema, const ProgressKey& key);
/// Forgets statements `from` and later.
std::string forget_sql(const std::string& schema, const ProgressKey& key, std::size_t from = 0);

}  // namespace haetae::ledger
