// SPDX-License-Identifier: Apache-2.0
// What the schemas were when the last run left them, as the ledger keeps it: one row a run, with a fingerprint a
// domain. Whether it still counts is a matter of what came after it.
#pragma once

#include <map>
#include <string>

#include "base/result.hpp"
#include "connect/connection.hpp"
#include "graph/revision.hpp"
#include "ledger/ledger.hpp"

namespace haetae::ledger {

using Fingerprints = std::map<graph::DomainName, std::string>;

/// The row, of kind `fingerprint`.
Entry fingerprints_entry(const Fingerprints& fingerprints, RunId run);

/// Those of the newest such row. Empty where there is none, where another form of fingerprint was recorded, or where
/// haetae itself has been at work since without recording new ones: a run that was cut off, a stamp, an --abandon,
/// roles apply. The rows of `run`, which asks, do not count. Needs a ledger.
base::Result<Fingerprints> last_fingerprints(connect::Connection& connection, const std::string& schema, RunId run);

}  // namespace haetae::ledger
