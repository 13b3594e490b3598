// SPDX-License-Identifier: Apache-2.0
// An unprotected database is asked for its mark and for nothing else.
#include "verbs/gate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "policy/contract.hpp"
#include "protect/mark.hpp"
#include "protect/session_role.hpp"
#include "revisions/folder.hpp"
#include "verbs/runner.hpp"

namespace haetae::verbs {

base::Result<Gate> read_gate(connect::Connection& connection, const settings::Settings& settings,
                             const settings::Environment& environment) {
    Gate gate{.settings = {.environment = environment.name,
                           .is_protected = environment.is_protected,
                           .migration_role = environment.migration_role,
                           .app_role = environment.app_role,
                           .allow_down = environment.allow_down,
                           .allow_contract = environment.allow_contract}};
    gate.session.mark = TRY(protect::read_mark(connection, settings.ledger_schema));
    if (!gate.is_protected()) return gate;
    auto role = TRY(protect::read_session_role(connection));
    gate.session.database = std::move(role.database);
    gate.session.role = std::move(role.role);
    gate.session.session_role = std::move(role.session_role);
    gate.session.is_superuser = role.is_superuser;
    gate.ci = ci_run_of(settings);
    return gate;
}

policy::GateRun gate_run(const cli::Given& given, const std::string& verb) {
    policy::GateRun run{.command = verb, .is_emergency = given.has("--break-glass")};
    for (const auto& argument : given.arguments) run.command += " " + argument;
    for (const auto& domain : given.values("--domain")) run.command += " -d " + domain;
    for (const auto* option : {"--accept-edited", "--out-of-order"}) {
        for (const auto& id : given.values(option)) run.exceptions.push_back(fmt::format("{} {}", option, id));
    }
    return run;
}

base::Status add_plan(policy::GateRun& run, const Workspace& workspace, const plan::Plan& plan) {
    for (const auto& step : plan.steps) {
        const auto& revision = workspace.graph.at(step.node);
        const auto name = fmt::format("{} {}", revision.domain.text(), revision.id.text());
        if (step.direction == plan::Direction::down) {
            run.undone.push_back(name);
            continue;
        }
        const auto parts = TRY(revisions::load_parts(workspace.settings, revision));
        if (const auto why = policy::why_contract(revision, parts)) {
            run.contract.push_back(fmt::format("{} ({})", name, *why));
        }
    }
    return base::Done{};
}

std::vector<graph::DomainName> with_several_heads(const Workspace& workspace,
                                                  std::span<const settings::Domain> domains) {
    std::vector<graph::DomainName> names;
    for (const auto& domain : domains) {
        if (workspace.graph.heads_of(domain.name).size() > 1) names.push_back(domain.name);
    }
    return names;
}

base::Status require_mark(connect::Connection& connection, const settings::Settings& settings,
                          const settings::Environment& environment) {
    const auto gate = TRY(read_gate(connection, settings, environment));
    const auto verdict = policy::judge(gate.settings, gate.session, gate.ci, {.changes = false});
    if (verdict.is_allowed()) return base::Done{};
    auto error = policy::refusal(verdict, gate.session);
    if (error.code == "HT0705") {
        error.hint = fmt::format("when that is the database that is meant, say so: -e {}", gate.session.mark.name);
    }
    return error;
}

std::vector<cli::Option> emergency_options() {
    using Kind = cli::Option::Kind;
    return {
        {"--break-glass", 0, Kind::value, "REASON", "in an emergency: stands in for the pipeline; stays on record"},
        {"--yes-database", 0, Kind::value, "NAME", "the database's name, where there is no terminal to type it on"}};
}

std::string mark_text(const policy::Mark& mark) {
    switch (mark.state) {
        case policy::Mark::State::none:
            return "";
        case policy::Mark::State::damaged:
            return "counts as protected: " + mark.damage;
        case policy::Mark::State::sound:
            return fmt::format("calls itself {}, which is {}protected{}{}", mark.name, mark.is_protected ? "" : "not ",
                               mark.is_copy ? "; a copy: the mark was made " : "; said ", mark.made_in);
    }
    return "";
}

}  // namespace haetae::verbs
