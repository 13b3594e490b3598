// SPDX-License-Identifier: Apache-2.0
// `haetae plan`: what upgrade or downgrade would run, statement by statement, without running it. With --from the
// question is about files alone, and no database is asked.
#include "plan/plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "graph/address.hpp"
#include "os/parallel.hpp"
#include "plan/runnable.hpp"
#include "report/json.hpp"
#include "report/text.hpp"
#include "revisions/folder.hpp"
#include "verbs/gate.hpp"
#include "verbs/part_text.hpp"
#include "verbs/pooling.hpp"
#include "verbs/verb_list.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

using base::Error;

/// Where the plan starts, and the gate of the database that was asked.
struct Start {
    plan::VersionRows rows{};
    std::optional<Gate> gate{};
};

base::Result<Start> start_here(const Workspace& workspace, const cli::Given& given, cli::Talk& talk) {
    const auto target = TRY(find_target(workspace.settings, given, talk));
    auto connection = TRY(open_to_look(target, talk));
    talk.line(target.described());
    Start start{.rows = rows_of(TRY(read_tables(connection, workspace.settings)))};
    start.gate = TRY(read_gate(connection, workspace.settings, target.environment));
    if (!start.gate->is_protected()) return start;
    auto pooling = examine_pooling(connection, target, talk);
    if (pooling) {
        start.gate->session.pooling = *std::move(pooling);
    } else {
        talk.warning(pooling.error().sentence);
    }
    return start;
}

/// Says what the gate would have against running the plan from here.
base::Status say_refusals(const Workspace& workspace, const Gate& gate, const plan::Plan& plan, cli::Talk& talk) {
    if (!gate.is_protected() || plan.steps.empty()) return base::Done{};
    const std::string verb = plan.direction == plan::Direction::up ? "upgrade" : "downgrade";
    policy::GateRun run{.command = verb};
    TRY(add_plan(run, workspace, plan));
    run.several_heads = with_several_heads(workspace, domains_of(workspace, plan));
    for (const auto& reason : policy::judge(gate.settings, gate.session, gate.ci, run).refusals) {
        talk.line(fmt::format("`haetae {}` will be refused here: {} ({})", verb, reason.sentence, reason.code));
    }
    return base::Done{};
}

base::Result<plan::Plan> plan_meant(const Workspace& workspace, const plan::VersionRows& rows,
                                    const cli::Given& given) {
    if (const auto down = given.value("--down")) {
        return plan::plan_downgrade(workspace.graph, rows, workspace.scope, *down);
    }
    return plan::plan_upgrade(workspace.graph, rows, workspace.scope, given.argument(0).value_or("heads"));
}

outcome::PlannedStep step_of(const Workspace& workspace, const plan::Step& step, const revisions::Parts& parts,
                             cli::Talk& talk) {
    const auto& revision = workspace.graph.at(step.node);
    const auto& domain = workspace.domain_of(step.node);
    outcome::PlannedStep planned{.row = outcome::row_of(workspace.graph, step.node),
                                 .is_up = step.direction == plan::Direction::up,
                                 .version_table = domain.version_schema + "." + domain.version_table,
                                 .from = step.from,
                                 .to = step.to};
    if (planned.is_up) {
        planned.part = part_text(parts.up);
        planned.backfills = parts.backfills.size();
    } else if (parts.down) {
        planned.part = part_text(*parts.down);
    } else {
        planned.irreversible = parts.irreversible_reason.value_or("");
    }
    if (const auto runnable = plan::check_runnable(workspace.settings, revision, parts, step.direction); !runnable) {
        talk.warning(fmt::format("{} ({}); `haetae {}` will refuse this plan", runnable.error().sentence,
                                 runnable.error().code, planned.is_up ? "upgrade" : "downgrade"));
    }
    return planned;
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    if (given.argument(0) && given.has("--down")) {
        return Error{.code = "HT0122",
                     .sentence = "a target to upgrade to and --down exclude each other",
                     .hint = "`haetae plan REV` plans an upgrade, `haetae plan --down REV` a downgrade"};
    }
    const auto workspace = TRY(open_workspace(given, talk));
    const auto from = given.value("--from");
    const auto start =
        from ? Start{.rows = TRY(rows_supposed(workspace, *from))} : TRY(start_here(workspace, given, talk));
    const auto plan = TRY(plan_meant(workspace, start.rows, given));
    if (start.gate) TRY(say_refusals(workspace, *start.gate, plan, talk));
    outcome::PlannedRun planned{.is_up = plan.direction == plan::Direction::up};
    // Not all at once: the files of a plan may hold more than memory does.
    constexpr std::size_t batch = 256;
    for (std::size_t begin = 0; begin < plan.steps.size(); begin += batch) {
        const auto count = std::min(batch, plan.steps.size() - begin);
        const auto parts = os::map_indexes<base::Result<revisions::Parts>>(count, [&](std::size_t i) {
            return revisions::load_parts(workspace.settings, workspace.graph.at(plan.steps[begin + i].node));
        });
        for (std::size_t i = 0; i < count; ++i) {
            const auto& of_step = TRY(parts[i]);
            planned.steps.push_back(step_of(workspace, plan.steps[begin + i], of_step, talk));
        }
    }
    for (const auto& note : plan.notes) talk.note(note);
    if (planned.steps.empty()) talk.line("nothing to do");
    return cli::Output{.text = given.json() ? report::plan_json(planned) : report::plan_text(planned)};
}

}  // namespace

extern const cli::Verb plan_verb{
    .name = "plan",
    .group = cli::Group::look,
    .summary = "what upgrade or downgrade would run",
    .description =
        "Shows each step with its statements, the transactions in which they run, and the change of the version\n"
        "table. Nothing is run, and nothing is written to the database.\n\n"
        "`--from` supposes that the database stands at the revisions named, and asks none: `--from base` is an empty\n"
        "database. Domains that it does not name have nothing applied.",
    .example =
        "haetae plan\nhaetae plan users:9f3c\nhaetae plan --from base\n"
        "haetae plan --down -1 -d users\nhaetae plan --from users:9f3c,character:base --format json",
    .arguments = {{"REV", "where upgrade would go (default: heads)", 0, 1}},
    .options = {{"--from", 0, cli::Option::Kind::value, "REV,…", "suppose that these are applied; base: nothing"},
                {"--down", 0, cli::Option::Kind::value, "REV", "plan a downgrade to REV"}},
    .run = run,
};

}  // namespace haetae::verbs
