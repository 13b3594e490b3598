// SPDX-License-Identifier: Apache-2.0
// The database is looked at twice: without the lock, so that a run with nothing to do is quick and a refused one waits
// for nobody; and again once the lock is held, because another migrator may have been at work meanwhile.
#include "verbs/migration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "execute/executor.hpp"
#include "ledger/own_schema.hpp"
#include "ledger/rights.hpp"
#include "os/signal.hpp"
#include "pg/identifier.hpp"
#include "plan/version_row.hpp"
#include "verbs/new_rights.hpp"
#include "verbs/record.hpp"
#include "verbs/runner.hpp"
#include "verbs/script.hpp"
#include "verbs/tasks.hpp"

namespace haetae::verbs {

namespace {

struct Request {
    const Workspace& workspace;
    plan::Direction direction;
    std::string target;
    policy::Exceptions exceptions;
    std::optional<execute::InDoubt> in_doubt{};
};

/// What the database and the files say together.
struct Situation {
    ledger::VersionTables tables{};
    plan::Plan plan{};
    Record record{};
    std::vector<ledger::Progress> under_way{};
    std::vector<settings::Domain> domains{};  ///< that are meant, or whose revisions come along

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

base::Result<Situation> look(connect::Connection& connection, const Request& request) {
    const auto& workspace = request.workspace;
    Situation situation{.tables = TRY(read_tables(connection, workspace.settings))};
    TRY(ledger::check_own_schema(connection, workspace.settings.ledger_schema));
    const auto rows = rows_of(situation.tables);
    situation.plan = request.direction == plan::Direction::up
                         ? TRY(plan::plan_upgrade(workspace.graph, rows, workspace.scope, request.target))
                         : TRY(plan::plan_downgrade(workspace.graph, rows, workspace.scope, request.target));
    situation.domains = domains_of(workspace, situation.plan);
    std::vector<graph::DomainName> names;
    for (const auto& domain : situation.domains) names.push_back(domain.name);
    situation.record = TRY(read_record(connection, workspace, rows, names));
    TRY(policy::judge_history(workspace.graph, situation.record.findings, request.exceptions));
    situation.under_way = TRY(ledger::read_progress(connection, workspace.settings.ledger_schema));
    TRY(check_under_way(request, situation));
    return situation;
}

/// The books, the schemas and the version tables, and what the run has to put on record before its first step.
base::Result<execute::Books> open_books(connect::Connection& connection, const Request& request,
                                        const Situation& situation, const ledger::Missing& missing,
                                        const ledger::Runner& runner, const settings::Environment& environment) {
    const auto& settings = request.workspace.settings;
    TRY(ledger::ensure_own_schema(connection, settings.ledger_schema));
    std::string script;
    const auto add = [&script](const std::string& sql) { script += sql + ";\n"; };
    if (request.direction == plan::Direction::up) {
        for (const auto& schema : missing.schemas) add("CREATE SCHEMA IF NOT EXISTS " + pg::quote(schema));
        std::vector<settings::Domain> made;
        for (const auto& domain : situation.domains) {
            const bool is_new = !situation.tables.at(domain.name).table_exists;
            if (is_new) add(plan::create_version_table_sql(domain));
            const auto& made_schemas = missing.schemas;
            if (is_new || std::find(made_schemas.begin(), made_schemas.end(), domain.schema) != made_schemas.end()) {
                made.push_back(domain);
            }
        }
        script += new_rights_sql(settings, environment, made);
    }
    if (!script.empty()) TRY(connection.simple(script));

    execute::Books books{.schema = settings.ledger_schema,
                         .run = TRY(ledger::begin_run(connection, settings.ledger_schema, runner))};
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
                                                  .reason = runner.reason}) +
                ";\n";
    }
    if (!rows.empty()) TRY(connection.simple(rows));
    return books;
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

execute::Tell teller(cli::Talk& talk) {
    return [&talk](const execute::Event& event) {
        using Kind = execute::Event::Kind;
        switch (event.kind) {
            case Kind::resumed:
                talk.note(fmt::format("an earlier run stopped part-way; going on after statement {}", event.number));
                return;
            case Kind::statement:
                talk.detail(
                    fmt::format("  statement {}{}{}", event.number, event.text.empty() ? "" : ": ", event.text));
                return;
            case Kind::retry:
                talk.line(fmt::format("  {}; trying again in {} ms (try {})", event.text, event.pause.count(),
                                      event.number + 1));
                return;
            case Kind::reconnected:
                talk.warning("the connection was lost and is back; the ledger was asked what had been committed");
                return;
            case Kind::locked_again:
                talk.warning(
                    "the lock that keeps other migrators out was given away during the run, and is held again");
                return;
            case Kind::cleaned:
                talk.line("  " + event.text);
                return;
        }
    };
}

ledger::LockWait waiter(cli::Talk& talk, std::chrono::milliseconds limit) {
    return {.limit = limit,
            .on_wait = [&talk, said = 0](const ledger::LockHolder& holder, std::chrono::milliseconds) mutable {
                if (said != holder.pid || said == 0) {
                    talk.line(fmt::format("waiting for another migrator: {} (role {}, server process {})",
                                          holder.application_name, holder.role, holder.pid));
                    said = holder.pid == 0 ? -1 : holder.pid;
                }
                return os::interrupted().has_value();
            }};
}

execute::Session::Open opener(const target::Target& target, cli::Talk& talk) {
    return [&target, &talk](std::string_view name) {
        return target::open(target, {.application_name = std::string(name),
                                     .connect_timeout = target.environment.limits.connect_timeout,
                                     .on_notice =
                                         [&talk](const connect::Notice& notice) {
                                             const auto text = notice.severity + ": " + notice.message;
                                             notice.severity == "WARNING" ? talk.line("  " + text)
                                                                          : talk.detail("  " + text);
                                         },
                                     .on_wait = until_interrupted});
    };
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

base::Result<cli::Output> run_locked(const cli::Given& given, cli::Talk& talk, const Request& request,
                                     const target::Target& target) {
    const auto& limits = target.environment.limits;
    const auto began = std::chrono::steady_clock::now();
    const std::string verb = request.direction == plan::Direction::up ? "upgrade" : "downgrade";
    auto session = TRY(begin_session(target, talk, verb));
    const auto situation = TRY(look(session.connection(), request));
    const auto& domains = situation.domains;
    if (situation.is_settled(request.exceptions) && situation.record.findings.unrecorded.empty()) {
        TRY(session.end());
        talk.note("another migrator did the work meanwhile");
        return report(given, request, 0, {}, rows_of(situation.tables), domains, nlohmann::ordered_json::array());
    }
    auto missing = TRY(ledger::check_rights(session.connection(), domains, situation.tables,
                                            request.workspace.settings.ledger_schema));
    const std::vector<graph::Node> out_of_order(request.exceptions.out_of_order.begin(),
                                                request.exceptions.out_of_order.end());
    auto tasks = TRY(Tasks::prepare(request.workspace, situation.tables, situation.plan, out_of_order));
    // A revision that makes its schema itself must not find it there; check_runnable has seen to that of the version
    // table.
    std::erase_if(missing.schemas, [&](const std::string& schema) {
        const bool holds_a_table = std::any_of(domains.begin(), domains.end(), [&](const settings::Domain& domain) {
            return domain.version_schema == schema;
        });
        return !holds_a_table && tasks.created_schemas().contains(schema);
    });
    const auto books = TRY(open_books(session.connection(), request, situation, missing,
                                      runner_of(given, verb + " " + request.target), target.environment));
    execute::Executor executor(session, books, limits, situation.under_way, teller(talk), request.in_doubt);
    auto ran = run_tasks(executor, request, tasks, rows_of(situation.tables), talk);
    auto rights =
        give_rights(session.connection(), request.workspace.settings, target.environment, tasks.created_schemas());
    if (ran.failure) return with_state(*std::move(ran.failure), ran, domains);
    TRY(std::move(rights));
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
    return {{"--sql", 0, Kind::flag, "", "print a script for psql instead of running; REV may be a range FROM:TO"},
            {"--accept-edited", 0, Kind::repeated, "ID", "record that this applied revision was edited on purpose"},
            {"--out-of-order", 0, Kind::repeated, "ID", "run this late-merged revision now, and record it"},
            {"--in-doubt", 0, Kind::value, "done|again",
             "what became of the statement an earlier run left interrupted, where the catalog cannot tell"},
            {"--reason", 0, Kind::value, "TEXT", "why, for the ledger"}};
}

base::Result<execute::Session> begin_session(const target::Target& target, cli::Talk& talk, std::string_view verb) {
    return execute::Session::begin(opener(target, talk), "haetae " + std::string(verb),
                                   waiter(talk, target.environment.limits.migrator_wait));
}

base::Result<cli::Output> migrate(const cli::Given& given, cli::Talk& talk, plan::Direction direction,
                                  const std::string& target_text) {
    if (given.has("--sql")) return script(given, talk, direction, target_text);
    const auto workspace = TRY(open_workspace(given, talk));
    const Request request{.workspace = workspace,
                          .direction = direction,
                          .target = target_text,
                          .exceptions = TRY(exceptions_of(given, workspace)),
                          .in_doubt = in_doubt_of(given)};
    const auto target = TRY(find_target(workspace.settings, given, talk));
    talk.line(fmt::format("{} {}", direction == plan::Direction::up ? "upgrading" : "downgrading", target.described()));

    std::optional connection = TRY(open_to_look(target, talk));
    const auto situation = TRY(look(*connection, request));
    for (const auto& note : situation.plan.notes) talk.note(note);
    for (const auto node : situation.record.findings.edited_down) {
        talk.warning(fmt::format("the down part of {} was edited after it was applied ({})",
                                 workspace.graph.at(node).id.text(), workspace.graph.at(node).file));
    }
    const auto& unrecorded = situation.record.findings.unrecorded;
    if (situation.is_settled(request.exceptions)) {
        const bool may_record =
            !unrecorded.empty() &&
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
    auto output = run_locked(given, talk, request, target);
    if (!output && output.error().code == "HT0635" && output.error().database_state.empty()) {
        auto error = std::move(output).error();
        error.database_state = "no revision was run";
        return error;
    }
    return output;
}

}  // namespace haetae::verbs
