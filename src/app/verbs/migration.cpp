// SPDX-License-Identifier: Apache-2.0
// The database is looked at twice: without the lock, so that a run with nothing to do is quick and a refused one waits
// for nobody; and again once the lock is held, because another migrator may have been at work meanwhile.
#include "verbs/migration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "execute/executor.hpp"
#include "execute/ground.hpp"
#include "ledger/own_schema.hpp"
#include "ledger/rights.hpp"
#include "plan/version_rows.hpp"
#include "verbs/emergency.hpp"
#include "verbs/fingerprints.hpp"
#include "verbs/gate.hpp"
#include "verbs/migrator_session.hpp"
#include "verbs/new_rights.hpp"
#include "verbs/pooling.hpp"
#include "verbs/record.hpp"
#include "verbs/runner.hpp"
#include "verbs/script.hpp"
#include "verbs/tasks.hpp"

namespace haetae::verbs {

namespace {

struct Request {
    const Workspace& workspace;
    const settings::Environment& environment;
    plan::Direction direction;
    std::string target;
    policy::Exceptions exceptions;
    policy::GateRun at_gate;  ///< without the plan
    std::optional<execute::InDoubt> in_doubt{};
    bool accept_drift = false;
};

/// What the database and the files say together.
struct Situation {
    ledger::VersionTables tables{};
    plan::Plan plan{};
    Record record{};
    std::vector<ledger::Progress> under_way{};
    std::vector<settings::Domain> domains{};  ///< that are meant, or whose revisions come along
    Gate gate{};
    policy::Verdict verdict{};

    [[nodiscard]] bool is_settled(const policy::Exceptions& exceptions) const {
        return plan.steps.empty() && exceptions.accept_edited.empty() && exceptions.out_of_order.empty();
    }
};

/// A revision that is part-way must be among the steps, in the direction it was going.
base::Status check_under_way(const Request& request, const Situation& situation) {
    for (const auto& progress : situation.under_way) {
        const bool concerns =
            std::any_of(situation.domains.begin(), situation.domains.end(),
                        [&](const settings::Domain& domain) { return domain.name == progress.domain; });
        if (!concerns) continue;
        const auto& steps = situation.plan.steps;
        const bool goes_on = std::any_of(steps.begin(), steps.end(), [&](const plan::Step& step) {
            const auto& revision = request.workspace.graph.at(step.node);
            return revision.domain == progress.domain && revision.id == progress.revision &&
                   (step.direction == plan::Direction::up ? "up" : "down") == progress.direction;
        });
        if (goes_on) continue;
        return base::Error{.code = "HT0624",
                           .sentence = fmt::format("revision {} of domain {} is part-way {}", progress.revision.text(),
                                                   progress.domain.text(), progress.direction),
                           .hint = fmt::format("finish it first: haetae {0} -d {1}; or undo by hand what it has done "
                                               "and forget it: haetae upgrade --abandon -d {1}; or, when it was "
                                               "finished by hand, say so: haetae stamp REV -d {1}",
                                               progress.direction == "up" ? "upgrade " + progress.revision.text()
                                                                          : std::string("downgrade -1"),
                                               progress.domain.text()),
                           .database_state = "nothing was changed by this run"};
    }
    return base::Done{};
}

base::Result<plan::Plan> plan_of(const Request& request, const plan::VersionRows& rows) {
    const auto& workspace = request.workspace;
    return request.direction == plan::Direction::up
               ? plan::plan_upgrade(workspace.graph, rows, workspace.scope, request.target)
               : plan::plan_downgrade(workspace.graph, rows, workspace.scope, request.target);
}

/// What the history says against the run is one of the reasons at the gate of a protected database, and the only one
/// elsewhere.
base::Status judge(const Request& request, Situation& situation, base::Status history) {
    if (!situation.gate.is_protected() && !history) return history;
    auto run = request.at_gate;
    run.changes = !history || !situation.is_settled(request.exceptions);
    if (!history) run.history.push_back(std::move(history).error());
    if (situation.gate.is_protected()) TRY(add_plan(run, request.workspace, situation.plan));
    run.several_heads = with_several_heads(request.workspace, situation.domains);
    situation.verdict = policy::judge(situation.gate.settings, situation.gate.session, situation.gate.ci, run);
    return base::Done{};
}

base::Result<Situation> look(connect::Connection& connection, const Request& request) {
    const auto& workspace = request.workspace;
    Situation situation{.tables = TRY(read_tables(connection, workspace.settings))};
    situation.gate = TRY(read_gate(connection, workspace.settings, request.environment));
    TRY(ledger::check_own_schema(connection, workspace.settings.ledger_schema));
    const auto rows = rows_of(situation.tables);
    if (auto known = plan::VersionTables::read(workspace.graph, rows); !known) {
        TRY(judge(request, situation, std::move(known).error()));
        return situation;
    }
    situation.plan = TRY(plan_of(request, rows));
    situation.domains = domains_of(workspace, situation.plan);
    std::vector<graph::DomainName> names;
    for (const auto& domain : situation.domains) names.push_back(domain.name);
    situation.record = TRY(read_record(connection, workspace, rows, names));
    TRY(judge(request, situation,
              policy::judge_history(workspace.graph, situation.record.findings, request.exceptions)));
    if (!situation.verdict.is_allowed()) return situation;
    situation.under_way = TRY(ledger::read_progress(connection, workspace.settings.ledger_schema));
    TRY(check_under_way(request, situation));
    return situation;
}

/// Room for the domains, with the application's rights there; "" where nothing is missing.
std::string room_sql(const Request& request, const Situation& situation, const ledger::Missing& missing) {
    if (request.direction == plan::Direction::down) return {};
    const auto& schemas = missing.schemas;
    std::vector<settings::Domain> made;
    std::copy_if(situation.domains.begin(), situation.domains.end(), std::back_inserter(made),
                 [&](const settings::Domain& domain) {
                     return !situation.tables.at(domain.name).table_exists ||
                            std::find(schemas.begin(), schemas.end(), domain.schema) != schemas.end();
                 });
    return execute::room_sql(situation.domains, situation.tables, missing) +
           new_rights_sql(request.workspace.settings, request.environment, made);
}

/// Room for the domains, and what the run has to put on record before its first step.
base::Status prepare(connect::Connection& connection, const Request& request, const Situation& situation,
                     const ledger::Missing& missing, const execute::Books& books, const std::string& reason) {
    const auto script = room_sql(request, situation, missing);
    if (!script.empty()) TRY(connection.simple(script));

    std::string rows;
    for (const auto& entry :
         TRY(deemed_applied(request.workspace, situation.record.findings.unrecorded, "adopted", books.run))) {
        rows += ledger::insert_sql(books.schema, entry) + ";\n";
    }
    for (const auto node : request.exceptions.accept_edited) {
        const auto& revision = request.workspace.graph.at(node);
        const auto checksums = TRY(checksums_of(request.workspace, node));
        rows += ledger::insert_sql(books.schema, {.kind = "accepted-edited",
                                                  .run = books.run,
                                                  .domain = revision.domain.text(),
                                                  .revision = revision.id.text(),
                                                  .direction = "up",
                                                  .outcome = "done",
                                                  .up_checksum = checksums.up,
                                                  .down_checksum = checksums.down,
                                                  .reason = reason}) +
                ";\n";
    }
    if (!rows.empty()) TRY(connection.simple(rows));
    return base::Done{};
}

std::string label_of(const Workspace& workspace, const plan::Step& step) {
    const auto& revision = workspace.graph.at(step.node);
    return fmt::format("{}{} {}{}{}", step.direction == plan::Direction::up ? "" : "undo ", revision.domain.text(),
                       revision.id.text(), revision.message.empty() ? "" : " ", revision.message);
}

std::string heads_text(const plan::VersionRows& rows, std::span<const settings::Domain> domains) {
    std::string text;
    for (const auto& domain : domains) {
        const auto found = rows.find(domain.name);
        std::string ids;
        if (found != rows.end()) {
            for (const auto& id : found->second) ids += (ids.empty() ? "" : ", ") + id.text();
        }
        text += fmt::format("{}{} at {}", text.empty() ? "" : ", ", domain.name.text(), ids.empty() ? "base" : ids);
    }
    return text;
}

cli::Output report(const cli::Given& given, const Request& request, std::size_t steps, std::chrono::milliseconds took,
                   const plan::VersionRows& rows, std::span<const settings::Domain> domains,
                   const nlohmann::ordered_json& ran) {
    if (given.json()) {
        nlohmann::ordered_json heads = nlohmann::ordered_json::array();
        for (const auto& domain : domains) {
            const auto found = rows.find(domain.name);
            if (found == rows.end()) continue;
            for (const auto& id : found->second)
                heads.push_back({{"domain", domain.name.text()}, {"revision", id.text()}});
        }
        return {.text = nlohmann::ordered_json{{"steps", ran}, {"current", heads}}.dump(2) + "\n"};
    }
    if (const auto edited = request.exceptions.accept_edited.size(); steps == 0 && edited > 0) {
        return {.text = fmt::format("recorded {} edited revision{}; nothing to run: {}\n", edited,
                                    edited == 1 ? "" : "s", heads_text(rows, domains))};
    }
    if (steps == 0) return {.text = fmt::format("nothing to do: {}\n", heads_text(rows, domains))};
    return {.text = fmt::format(
                "{} {} revision{} in {:.2f} s: {}\n", request.direction == plan::Direction::up ? "applied" : "undid",
                steps, steps == 1 ? "" : "s", static_cast<double>(took.count()) / 1000, heads_text(rows, domains))};
}

struct Ran {
    std::size_t steps = 0;
    plan::VersionRows rows{};
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    std::optional<base::Error> failure{};
};

Ran run_tasks(execute::Executor& executor, const Request& request, Tasks& tasks, plan::VersionRows rows,
              cli::Talk& talk) {
    Ran ran{.rows = std::move(rows)};
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        const auto step = tasks.step(i);
        talk.progress({.done = i + 1, .total = tasks.size(), .label = label_of(request.workspace, step)});
        auto task = tasks.take(request.workspace, i);
        auto status = task ? executor.run(*task) : base::Status(std::move(task).error());
        if (!status) {
            ran.failure = std::move(status).error();
            break;
        }
        const auto& revision = request.workspace.graph.at(step.node);
        if (!step.row_changes.empty()) ran.rows[revision.domain] = step.to;
        ran.list.push_back({{"domain", revision.domain.text()},
                            {"revision", revision.id.text()},
                            {"direction", step.direction == plan::Direction::up ? "up" : "down"}});
        ++ran.steps;
    }
    talk.end_progress();
    return ran;
}

base::Error with_state(base::Error error, const Ran& ran, std::span<const settings::Domain> domains) {
    if (!error.database_state.empty()) error.database_state += "; ";
    if (ran.steps > 0) {
        error.database_state += fmt::format("the {} before it stay{}; ",
                                            ran.steps == 1 ? "revision" : fmt::format("{} revisions", ran.steps),
                                            ran.steps == 1 ? "s" : "");
    }
    error.database_state += "now " + heads_text(ran.rows, domains);
    return error;
}

/// Everything after the rows that open the run.
Ran carry_out(execute::Session& session, const Request& request, const Situation& situation,
              const ledger::Missing& missing, const execute::Books& books, const std::string& reason, Tasks& tasks,
              cli::Talk& talk) {
    const auto& settings = request.workspace.settings;
    const auto made_ready = [&]() -> base::Status {
        // What a revision that is part-way has done so far is on nobody's record.
        if (situation.under_way.empty()) {
            TRY(check_fingerprints(
                session.connection(), settings, books,
                {.accepted = request.accept_drift, .is_protected = situation.gate.is_protected(), .reason = reason},
                talk));
        }
        return prepare(session.connection(), request, situation, missing, books, reason);
    };
    if (auto ready = made_ready(); !ready) {
        auto error = std::move(ready).error();
        if (error.database_state.empty()) error.database_state = "no revision was run";
        return {.rows = rows_of(situation.tables), .failure = std::move(error)};
    }
    execute::Executor executor(session, books, request.environment.limits, situation.under_way, teller(talk),
                               request.in_doubt);
    auto ran = run_tasks(executor, request, tasks, rows_of(situation.tables), talk);
    auto rights = give_rights(session.connection(), settings, request.environment, tasks.created_schemas());
    if (!rights && !ran.failure) ran.failure = std::move(rights).error();
    record_fingerprints(session.connection(), settings, books, talk);
    return ran;
}

base::Result<cli::Output> run_locked(const cli::Given& given, cli::Talk& talk, const Request& request,
                                     const target::Target& target, const pg::PoolingVerdict& pooling,
                                     const std::optional<Emergency>& emergency) {
    const auto began = std::chrono::steady_clock::now();
    const auto& settings = request.workspace.settings;
    const std::string verb = request.direction == plan::Direction::up ? "upgrade" : "downgrade";
    auto session = TRY(begin_session(target, talk, verb));
    const auto situation = TRY(look(session.connection(), request));
    const auto& domains = situation.domains;
    if (!situation.verdict.is_allowed()) return policy::refusal(situation.verdict, situation.gate.session);
    if (situation.is_settled(request.exceptions) && situation.record.findings.unrecorded.empty()) {
        TRY(session.end());
        talk.note("another migrator did the work meanwhile");
        return report(given, request, 0, {}, rows_of(situation.tables), domains, nlohmann::ordered_json::array());
    }
    TRY(pass_again(situation.verdict, situation.gate.session, emergency));
    auto missing = TRY(ledger::check_rights(session.connection(), domains, situation.tables, settings.ledger_schema));
    const std::vector<graph::Node> out_of_order(request.exceptions.out_of_order.begin(),
                                                request.exceptions.out_of_order.end());
    auto tasks = TRY(Tasks::prepare(request.workspace, situation.tables, situation.plan, out_of_order));
    missing = execute::schemas_to_make(std::move(missing), domains, tasks.created_schemas());
    const auto runner = runner_of(settings, given, verb + " " + request.target, pooling);
    const auto books = TRY(open_books(session.connection(), settings.ledger_schema, runner, emergency));
    auto ran = carry_out(session, request, situation, missing, books, runner.reason, tasks, talk);
    record_outcome(target, talk, books, emergency, ran.failure ? &*ran.failure : nullptr);
    if (ran.failure) return with_state(*std::move(ran.failure), ran, domains);
    TRY(session.end());
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    return report(given, request, ran.steps, took, ran.rows, domains, ran.list);
}

std::optional<execute::InDoubt> in_doubt_of(const cli::Given& given) {
    const auto answer = given.value("--in-doubt");
    if (!answer) return std::nullopt;
    return *answer == "done" ? execute::InDoubt::done : execute::InDoubt::again;
}

}  // namespace

std::vector<cli::Option> migration_options() {
    using Kind = cli::Option::Kind;
    std::vector<cli::Option> list{
        {"--sql", 0, Kind::flag, "", "print a script for psql instead of running; REV may be a range FROM:TO"},
        {"--accept-edited", 0, Kind::repeated, "ID", "record that this applied revision was edited on purpose"},
        {"--out-of-order", 0, Kind::repeated, "ID", "run this late-merged revision now, and record it"},
        {"--in-doubt", 0, Kind::value, "done|again",
         "what became of the statement an earlier run left interrupted, where the catalog cannot tell"},
        accept_drift_option(),
        {"--reason", 0, Kind::value, "TEXT", "why, for the ledger"}};
    const auto emergency = emergency_options();
    list.insert(list.end(), emergency.begin(), emergency.end());
    return list;
}

base::Result<cli::Output> migrate(const cli::Given& given, cli::Talk& talk, plan::Direction direction,
                                  const std::string& target_text) {
    if (given.has("--sql")) return script(given, talk, direction, target_text);
    const auto workspace = TRY(open_workspace(given, talk));
    const auto target = TRY(find_target(workspace.settings, given, talk));
    const std::string verb = direction == plan::Direction::up ? "upgrade" : "downgrade";
    auto exceptions = TRY(exceptions_of(given, workspace));
    const Request request{.workspace = workspace,
                          .environment = target.environment,
                          .direction = direction,
                          .target = target_text,
                          .exceptions = std::move(exceptions),
                          .at_gate = gate_run(given, verb),
                          .in_doubt = in_doubt_of(given),
                          .accept_drift = given.has("--accept-drift")};
    talk.line(fmt::format("{} {}", direction == plan::Direction::up ? "upgrading" : "downgrading", target.described()));

    auto own_process = TRY(open_own_process(target, talk));
    std::optional connection = std::move(own_process.connection);
    const auto situation = TRY(look(*connection, request));
    const auto emergency = TRY(pass_gate(given, talk, situation.verdict, situation.gate.session));
    for (const auto& note : situation.plan.notes) talk.note(note);
    for (const auto node : situation.record.findings.edited_down) {
        talk.warning(fmt::format("the down part of {} was edited after it was applied ({})",
                                 workspace.graph.at(node).id.text(), workspace.graph.at(node).file));
    }
    const auto& unrecorded = situation.record.findings.unrecorded;
    if (situation.is_settled(request.exceptions)) {
        const bool may_record =
            !unrecorded.empty() && !situation.gate.is_protected() &&
            ledger::check_rights(*connection, situation.domains, situation.tables, workspace.settings.ledger_schema);
        if (!may_record) {
            return report(given, request, 0, {}, rows_of(situation.tables), situation.domains,
                          nlohmann::ordered_json::array());
        }
    } else {
        TRY(ledger::check_rights(*connection, situation.domains, situation.tables, workspace.settings.ledger_schema));
    }
    connection.reset();  // a crowd of waiters holds one connection each
    if (!unrecorded.empty()) {
        talk.note(unrecorded.size() == 1
                      ? std::string("one revision was applied by another tool; the ledger takes it over as it is")
                      : fmt::format("{} revisions were applied by another tool; the ledger takes them over as they are",
                                    unrecorded.size()));
    }
    auto output = run_locked(given, talk, request, target, own_process.pooling, emergency);
    if (!output && output.error().code == "HT0635" && output.error().database_state.empty()) {
        auto error = std::move(output).error();
        error.database_state = "no revision was run";
        return error;
    }
    return output;
}

}  // namespace haetae::verbs
