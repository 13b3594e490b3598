// SPDX-License-Identifier: Apache-2.0
// What the gate has to be told: settings, the session and the database's mark, and who runs this.
#pragma once

#include <span>
#include <string>

#include "base/result.hpp"
#include "cli/verb.hpp"
#include "connect/connection.hpp"
#include "policy/gate.hpp"
#include "target/target.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

struct Gate {
    policy::GateSettings settings{};
    policy::GateSession session{};
    policy::CiRun ci{};

    [[nodiscard]] bool is_protected() const { return policy::is_protected(settings, session.mark); }
};

/// Reads the mark and, of a protected database, who the session is. Writes nothing.
base::Result<Gate> read_gate(connect::Connection& connection, const settings::Settings& settings,
                             const settings::Environment& environment);

/// "upgrade head -d users", as it can be typed again; and whether this is an emergency.
policy::GateRun gate_run(const cli::Given& given, const std::string& verb);

/// Adds to `run` what `plan` undoes, and what it takes away from code that still runs. Reads the revisions' files.
base::Status add_plan(policy::GateRun& run, const Workspace& workspace, const plan::Plan& plan);

/// Those of `domains` that have more than one head.
std::vector<graph::DomainName> with_several_heads(const Workspace& workspace,
                                                  std::span<const settings::Domain> domains);

/// For what administrators do, by hand too: only the mark is judged. Errors: HT0705 the database calls itself something
/// else than `environment`, HT0706, HT0707.
base::Status require_mark(connect::Connection& connection, const settings::Settings& settings,
                          const settings::Environment& environment);

/// --break-glass and --yes-database, for the verbs that change a database.
std::vector<cli::Option> emergency_options();

/// "calls itself production, which is protected; said in database game on 2026-11-22"; empty where the database carries
/// no mark.
std::string mark_text(const policy::Mark& mark);

}  // namespace haetae::verbs
