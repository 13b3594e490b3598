// SPDX-License-Identifier: Apache-2.0
// A failed statement as an Error a person can act on: file, line and column, what the server said, what to mark or
// split.
#pragma once

#include <optional>

#include "base/error.hpp"
#include "connect/server_error.hpp"
#include "execute/message.hpp"
#include "execute/task.hpp"

namespace haetae::execute {

/// May the whole transaction be tried again as it is: lock timeout, deadlock, serialization failure, or two sessions
/// that changed one catalog row (XX000 "tuple concurrently updated").
bool is_retryable(const connect::ServerError& error);

/// The session is of no use any more, or one of the locks is gone: recover, then ask the ledger what was done.
bool needs_new_session(const connect::ServerError& error);

/// What the server refused, after the transaction was rolled back.
struct Refusal {
    connect::ServerError error;
    std::optional<Message::Place> place{};      ///< absent: one of our own statements, or COMMIT
    bool has_begun = false;                     ///< statements of the revision had run by then
    std::optional<std::string> broken_check{};  ///< what the failing statement checked, where it is a check of ours
};

/// Code HT0610 (a statement failed) or HT0606 (the version table moved under us). Adds the clause that names the
/// revision.
base::Error explain_failure(const Task& task, const Refusal& refusal);

}  // namespace haetae::execute
