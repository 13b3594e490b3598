// SPDX-License-Identifier: Apache-2.0
// The statements of ours that stand around a revision's own: they open the transaction, give the session the state
// every revision may rely on, change the version row, and write ledger and progress.
#pragma once

#include <string>
#include <vector>

#include "execute/message.hpp"
#include "execute/task.hpp"
#include "ledger/ledger.hpp"
#include "ledger/migrator_lock.hpp"
#include "settings/settings.hpp"

namespace haetae::execute {

/// The books a run writes to.
struct Books {
    std::string schema;  ///< of ledger and progress
    ledger::RunId run = 0;
};

/// What `progress` keeps of a statement: comments and layout do not count.
std::string hash_of(const revisions::Statement& statement);

/// Role, session authorization and settings back to what they were at connect (RESET ALL does not reset a role);
/// cursors, prepared statements and temporary tables gone. DISCARD ALL would drop our advisory locks.
void add_reset(Message& message);

/// Which limits hold for a statement: those for statements that others queue behind, or the long ones.
enum class LimitClass { queueing, long_running };

/// Sets search_path to empty, and the limits; for the transaction where `local`, else for the session.
void add_settings(Message& message, const settings::Limits& limits, LimitClass limit_class, int server_version,
                  bool local);

/// Both locks are held; the version rows change, each exactly one row. Raises HT002 or HT001.
void add_guard(Message& message, const ledger::MigratorLock& lock, const Task& task, bool with_row_changes);

/// The search_path that the domain's unqualified names resolve by.
void add_search_path(Message& message, const settings::Domain& domain, bool local);

/// Repeats what statements [0, before) of the part SET for the session: each segment starts from a reset session, and a
/// run that takes a revision up again from a new one.
void add_earlier_settings(Message& message, const revisions::Part& part, std::size_t before);

/// Deferred constraints and triggers run now, under the role and search_path that the revision has set, as they would
/// at its own COMMIT.
void add_deferred(Message& message);

/// Back to the role that keeps the books and to the settings of connect, whatever the revision has set: a
/// default_transaction_read_only or a standard_conforming_strings left behind would rule the next message from its
/// first byte on.
void add_own_identity(Message& message);

/// The version row must still be there after the statements: a revision that drops or empties its own version table
/// would otherwise be called applied. Nothing where the step only removes rows.
void add_row_check(Message& message, const Task& task);

/// What COMMIT has answered survives a crash of the server, also where a database commits asynchronously (manual,
/// "Asynchronous Commit"): the next revision builds on it, and the user is told that it is applied. Standbys are not
/// waited for where nobody had asked for that.
void add_durability(Message& message);

/// A statement of the revision; ALTER TABLE … VALIDATE CONSTRAINT runs under the long limits, unless the revision has
/// set its own.
void add_statement(Message& message, const revisions::Statement& statement, std::size_t index,
                   const settings::Limits& limits);

/// What every row of the ledger about a step says; its kind is "revision", its outcome is left open.
ledger::Entry entry_of(const Task& task, const Books& books);

/// The ledger's row of a finished revision; `began_sql` as in ledger::Entry.
ledger::Entry finished_entry(const Task& task, const Books& books, std::string began_sql);

}  // namespace haetae::execute
