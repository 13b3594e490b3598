// SPDX-License-Identifier: Apache-2.0
// A revision that fails on a throw-away server may be right all the same: what it names exists elsewhere. Such failures
// are told apart from those of the revision, with what to do.
#pragma once

#include "base/error.hpp"
#include "settings/settings.hpp"

namespace haetae::replay {

/// The executor's `error`, with another code and a hint where its cause is known to be the server: HT0671 a role, HT0672
/// an extension, HT0673 a schema of a hosting provider, HT0674 a database. What the database holds is left out: it is
/// thrown away.
base::Error explain(base::Error error, const settings::Settings& settings);

}  // namespace haetae::replay
