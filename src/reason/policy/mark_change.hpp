// SPDX-License-Identifier: Apache-2.0
// May the mark of a database be written, and must it be asked for twice? The rules of `protect` and `unprotect`.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "policy/gate.hpp"

namespace haetae::policy {

struct MarkChange {
    std::optional<std::string> name{};  ///< that the database is to answer to, protected; absent: unprotect
    bool here = false;                  ///< --here
    bool as_administrator = false;      ///< the session came by the environment's admin_url_env
};

enum class MarkAction {
    nothing,  ///< the mark says so already
    write,
    confirm,  ///< write, once the name of the database was typed
};

/// Errors: HT0705 another environment's database; HT0708 neither the migration role nor an administrator; HT0717 the
/// database calls itself something already, or its mark came from elsewhere, and --here was not said.
base::Result<MarkAction> judge_mark_change(const GateSettings& settings, const GateSession& session,
                                           const MarkChange& change);

}  // namespace haetae::policy
