// SPDX-License-Identifier: Apache-2.0
// The script is made from the same plan and the same checks as a run.
#include "verbs/script.hpp"

#include <fmt/format.h>

#include "execute/task.hpp"
#include "graph/address.hpp"
#include "plan/script.hpp"
#include "policy/history.hpp"
#include "verbs/record.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

struct Ends {
    plan::VersionRows rows;
    std::string target;
    settings::Limits limits{};
};

base::Result<Ends> ends_of_range(const Workspace& workspace, const std::string& text, plan::Direction direction) {
    const auto range = TRY(graph::parse_range(text, workspace.graph.domains()));
    auto rows = range.from ? TRY(rows_supposed(workspace, range.from->text)) : plan::VersionRows{};
    const std::string everywhere = direction == plan::Direction::up ? "heads" : "base";
    return Ends{.rows = std::move(rows), .target = range.to ? range.to->text : everywhere};
}

/// Where the database stands, or base where none is configured. `judge`: refuse an edited or late-merged history.
base::Result<Ends> ends_here(const Workspace& workspace, const std::string& text, const cli::Given& given,
                             cli::Talk& talk, bool judge) {
    const auto target = find_target(workspace.settings, given, talk);
    if (!target && target.error().code == "HT0404") {
        talk.note("no database is configured; the script starts from base");
        return Ends{.rows = {}, .target = text};
    }
    if (!target) return target.error();
    auto connection =
        TRY(open_to_look(*target, talk).in("to see where the script starts; `FROM:TO` needs no database"));
    talk.line("a script for " + target->described());
    auto rows = rows_of(TRY(read_tables(connection, workspace.settings)));
    if (judge) {
        const auto record = TRY(read_record(connection, workspace, rows, workspace.scope.domains));
        TRY(policy::judge_history(workspace.graph, record.findings, {}));
    }
    return Ends{.rows = std::move(rows), .target = text, .limits = target->environment.limits};
}

}  // namespace

base::Result<cli::Output> script(const cli::Given& given, cli::Talk& talk, plan::Direction direction,
                                 const std::string& target) {
    for (const auto* option : {"--accept-edited", "--out-of-order", "--break-glass"}) {
        if (!given.has(option)) continue;
        return base::Error{.code = "HT0142",
                           .sentence = fmt::format("{} and --sql exclude each other", option),
                           .hint = fmt::format("{} is recorded in the ledger, and a script does not write there: run "
                                               "without --sql",
                                               option),
                           .database_state = "nothing was changed"};
    }
    const auto workspace = TRY(open_workspace(given, talk));
    const auto address = graph::parse_address(target, workspace.graph.domains());
    const bool is_range = !address && address.error().code == "HT0159";
    const auto ends = is_range ? TRY(ends_of_range(workspace, target, direction))
                               : TRY(ends_here(workspace, target, given, talk, true));
    const bool is_up = direction == plan::Direction::up;
    const auto plan = is_up ? TRY(plan::plan_upgrade(workspace.graph, ends.rows, workspace.scope, ends.target))
                            : TRY(plan::plan_downgrade(workspace.graph, ends.rows, workspace.scope, ends.target));
    for (const auto& note : plan.notes) talk.note(note);

    plan::Script script{
        .command = (is_up ? "upgrade " : "downgrade ") + target, .rows = ends.rows, .limits = ends.limits};
    for (const auto& step : plan.steps) {
        const auto& revision = workspace.graph.at(step.node);
        auto parts = TRY(execute::runnable_parts(workspace.settings, revision, direction));
        script.steps.push_back({.domain = workspace.domain_of(step.node),
                                .revision = revision.id,
                                .message = revision.message,
                                .direction = direction,
                                .row_changes = step.row_changes,
                                .part = is_up ? std::move(parts.up) : *std::move(parts.down)});
    }
    script.domains = domains_of(workspace, plan);
    return cli::Output{.text = plan::script_text(script)};
}

base::Result<cli::Output> stamp_as_script(const cli::Given& given, cli::Talk& talk) {
    const auto workspace = TRY(open_workspace(given, talk));
    const auto ends = TRY(ends_here(workspace, "", given, talk, false));
    const bool purge = given.has("--purge");
    plan::Script script{.command = purge ? "stamp --purge" : "stamp", .rows = ends.rows, .limits = ends.limits};
    for (const auto& argument : given.arguments) script.command += " " + argument;
    script.stamps = TRY(plan::plan_stamp(workspace.graph, ends.rows, workspace.scope, given.arguments, purge));
    for (const auto& change : script.stamps) {
        script.domains.push_back(*workspace.settings.find_domain(change.domain));
    }
    return cli::Output{.text = plan::script_text(script)};
}

}  // namespace haetae::verbs
