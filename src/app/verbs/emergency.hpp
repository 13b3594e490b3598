// SPDX-License-Identifier: Apache-2.0
// --break-glass: what it stands in for is shown, the name of the database is typed, and the ledger has a row of it
// before the first statement and another with the outcome.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/talk.hpp"
#include "cli/verb.hpp"
#include "execute/executor.hpp"
#include "ledger/ledger.hpp"
#include "policy/gate.hpp"
#include "target/target.hpp"

namespace haetae::verbs {

struct Emergency {
    std::string reason;
    std::string database;
    std::string confirmed;  ///< "typed", or "--yes-database"
    std::vector<policy::Refusal> broken{};
};

/// Has the name of `database` typed, or takes it from --yes-database where nobody can be asked; says which.
/// Errors: HT0716 another name, or none.
base::Result<std::string> confirm_database(const cli::Given& given, cli::Talk& talk, const std::string& database);

/// HT0143 where --break-glass says no reason.
base::Status check_reason(const cli::Given& given);

/// Says the verdict's notes, refuses or lets through; what --break-glass stands in for is shown and confirmed. Nothing
/// where there is no emergency. Errors: those of policy::refusal; HT0143, HT0716.
base::Result<std::optional<Emergency>> pass_gate(const cli::Given& given, cli::Talk& talk,
                                                 const policy::Verdict& verdict, const policy::GateSession& session);

/// The second look, with the lock: allowed still, and by nothing that was not confirmed.
/// Errors: those of policy::refusal; HT0715 something else would have to be broken now.
base::Status pass_again(const policy::Verdict& verdict, const policy::GateSession& session,
                        const std::optional<Emergency>& emergency);

/// The books with the row of this run and, in an emergency, the row that says so; all of it before the first statement.
base::Result<execute::Books> open_books(connect::Connection& connection, const std::string& schema,
                                        const ledger::Runner& runner, const std::optional<Emergency>& emergency);

/// The row of the outcome, by a connection of its own, for the run's may be lost; a warning where that fails.
void record_outcome(const target::Target& target, cli::Talk& talk, const execute::Books& books,
                    const std::optional<Emergency>& emergency, const base::Error* failure);

/// "2026-11-22 10:00:00 by migration_user: orders fail since 3:00 (done)"; "" where there was none, or where the role
/// may not see the ledger.
std::string last_emergency(connect::Connection& connection, const std::string& schema);

}  // namespace haetae::verbs
