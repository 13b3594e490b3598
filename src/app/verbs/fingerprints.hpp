// SPDX-License-Identifier: Apache-2.0
// Has somebody changed the schema past haetae? A run compares what it finds with what the last one left, and leaves on
// record what it leaves.
#pragma once

#include <string>

#include "base/result.hpp"
#include "cli/talk.hpp"
#include "cli/verb.hpp"
#include "connect/connection.hpp"
#include "execute/bookkeeping.hpp"
#include "settings/settings.hpp"

namespace haetae::verbs {

/// --accept-drift
cli::Option accept_drift_option();

struct Drift {
    bool accepted = false;      ///< --accept-drift
    bool is_protected = false;  ///< the database is
    std::string reason{};
};

/// Before a run changes anything. A difference goes to the ledger, and is a warning; on a protected database it is a
/// refusal, unless it is accepted. Says where the schema cannot be read, and lets the run pass. Errors: HT0718.
base::Status check_fingerprints(connect::Connection& connection, const settings::Settings& settings,
                                const execute::Books& books, const Drift& drift, cli::Talk& talk);

/// After a run, however it ended. What cannot be read or written is no failure of the run: the next one compares
/// nothing.
void record_fingerprints(connect::Connection& connection, const settings::Settings& settings,
                         const execute::Books& books, cli::Talk& talk);

}  // namespace haetae::verbs
