// SPDX-License-Identifier: Apache-2.0
// `haetae stamp REV…`: the version rows are set, nothing is run, and the ledger says so.
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "execute/session.hpp"
#include "ledger/progress.hpp"
#include "ledger/rights.hpp"
#include "pg/identifier.hpp"
#include "plan/version_row.hpp"
#include "plan/version_rows.hpp"
#include "verbs/emergency.hpp"
#include "verbs/gate.hpp"
#include "verbs/migrator_session.hpp"
#include "verbs/new_rights.hpp"
#include "verbs/pooling.hpp"
#include "verbs/record.hpp"
#include "verbs/runner.hpp"
#include "verbs/script.hpp"

namespace haetae::verbs {

namespace {

std::string joined(const std::vector<graph::RevisionId>& ids) {
    std::string text;
    for (const auto& id : ids) text += (text.empty() ? "" : ", ") + id.text();
    return text.empty() ? "base" : text;
}

std::string as_json(const std::vector<plan::StampChange>& changes) {
    const auto texts = [](const std::vector<graph::RevisionId>& ids) {
        nlohmann::ordered_json list = nlohmann::ordered_json::array();
        for (const auto& id : ids) list.push_back(id.text());
        return list;
    };
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const auto& change : changes) {
        list.push_back({{"domain", change.domain.text()}, {"from", texts(change.from)}, {"to", texts(change.to)}});
    }
    return list.dump(2) + "\n";
}

/// Whose revisions stopped part-way, by domain: the rows say from now on what is applied, so that is settled too.
using Stopped = std::map<graph::DomainName, std::vector<ledger::Progress>>;

base::Result<Stopped> read_stopped(connect::Connection& connection, const std::string& schema) {
    Stopped stopped;
    for (auto& progress : TRY(ledger::read_progress(connection, schema))) {
        stopped[progress.domain].push_back(std::move(progress));
    }
    return stopped;
}

/// A domain whose rows are right already, and that is meant alone, is stamped for the sake of what stopped in it.
void add_stopped(std::vector<plan::StampChange>& changes, const Workspace& workspace, const Stopped& stopped,
                 const plan::VersionRows& rows) {
    const auto& scope = workspace.scope.domains;
    if (!changes.empty() || scope.size() != 1 || !stopped.contains(scope.front())) return;
    const auto found = rows.find(scope.front());
    const auto ids = found == rows.end() ? std::vector<graph::RevisionId>{} : found->second;
    changes.push_back({.domain = scope.front(), .from = ids, .to = ids});
}

/// The transaction of one domain: its version table where it is missing, the rows, the ledger's row.
base::Result<std::string> stamp_script(const Workspace& workspace, const settings::Environment& environment,
                                       const plan::StampChange& change, const ledger::VersionTable& table,
                                       const Stopped& stopped, ledger::RunId run) {
    const auto& settings = workspace.settings;
    const auto& domain = *settings.find_domain(change.domain);
    std::string script = "BEGIN;\n";
    if (!table.schema_exists) script += "CREATE SCHEMA IF NOT EXISTS " + pg::quote(domain.version_schema) + ";\n";
    if (!table.table_exists) {
        script += plan::create_version_table_sql(domain) + ";\n" + new_rights_sql(settings, environment, {domain});
    }
    script += "DO " +
              pg::literal("DECLARE n bigint;\nBEGIN\n" + ledger::lock_check_sql() + "\n" +
                          plan::checked_row_changes(domain, change.row_changes) + "END") +
              ";\n";
    if (const auto found = stopped.find(change.domain); found != stopped.end()) {
        for (const auto& progress : found->second) {
            script += ledger::forget_sql(settings.ledger_schema, {.domain = progress.domain,
                                                                  .revision = progress.revision,
                                                                  .direction = progress.direction,
                                                                  .run = run}) +
                      ";\n";
        }
    }
    const auto applied = TRY(plan::applied_nodes(workspace.graph, {{change.domain, change.to}}));
    auto entries = TRY(deemed_applied(workspace, applied, "stamped", run));
    if (entries.empty()) entries.push_back({.kind = "stamped", .run = run, .domain = change.domain.text()});
    for (auto& entry : entries) {
        nlohmann::ordered_json details =
            entry.details.empty() ? nlohmann::ordered_json::object() : nlohmann::ordered_json::parse(entry.details);
        details["from"] = joined(change.from);
        details["to"] = joined(change.to);
        entry.details = details.dump();
        script += ledger::insert_sql(settings.ledger_schema, entry) + ";\n";
    }
    return script + "COMMIT";
}

/// What is to be stamped, and what the gate says of it.
struct Situation {
    ledger::VersionTables tables{};
    std::vector<plan::StampChange> changes{};
    std::vector<settings::Domain> domains{};
    Stopped stopped{};
    Gate gate{};
    policy::Verdict verdict{};
};

base::Result<Situation> look(connect::Connection& connection, const Workspace& workspace,
                             const settings::Environment& environment, const cli::Given& given) {
    const auto& settings = workspace.settings;
    Situation situation{.tables = TRY(read_tables(connection, settings))};
    situation.gate = TRY(read_gate(connection, settings, environment));
    const auto rows = rows_of(situation.tables);
    auto run = gate_run(given, "stamp");
    if (auto known = plan::VersionTables::read(workspace.graph, rows); !known && situation.gate.is_protected()) {
        run.history.push_back(std::move(known).error());
        situation.verdict = policy::judge(situation.gate.settings, situation.gate.session, situation.gate.ci, run);
        return situation;
    }
    situation.changes =
        TRY(plan::plan_stamp(workspace.graph, rows, workspace.scope, given.arguments, given.has("--purge")));
    situation.stopped = TRY(read_stopped(connection, settings.ledger_schema));
    add_stopped(situation.changes, workspace, situation.stopped, rows);
    for (const auto& change : situation.changes) {
        situation.domains.push_back(*settings.find_domain(change.domain));
    }
    run.changes = !situation.changes.empty();
    run.several_heads = with_several_heads(workspace, situation.domains);
    situation.verdict = policy::judge(situation.gate.settings, situation.gate.session, situation.gate.ci, run);
    return situation;
}

/// Domain by domain; adds to `text` what was changed.
base::Status stamp_all(execute::Session& session, const Workspace& workspace, const settings::Environment& environment,
                       const Situation& situation, ledger::RunId run_id, cli::Talk& talk, std::string& text) {
    for (const auto& change : situation.changes) {
        const auto script = TRY(stamp_script(workspace, environment, change, situation.tables.at(change.domain),
                                             situation.stopped, run_id));
        auto done = session.connection().simple(script);
        if (!done) {
            auto error = std::move(done).error();
            error.database_state = fmt::format("the rows of domain {} are as they were", change.domain.text());
            if (!text.empty()) error.database_state += "; changed before it:\n" + text;
            return error;
        }
        text += fmt::format("{}: {} -> {}\n", change.domain.text(), joined(change.from), joined(change.to));
        const auto found = situation.stopped.find(change.domain);
        if (found == situation.stopped.end()) continue;
        for (const auto& progress : found->second) {
            talk.note(fmt::format("revision {} of domain {} was part-way {}; that is forgotten",
                                  progress.revision.text(), progress.domain.text(), progress.direction));
        }
    }
    return base::Done{};
}

base::Result<cli::Output> run(const cli::Given& given, cli::Talk& talk) {
    if (given.has("--sql")) return stamp_as_script(given, talk);
    const auto workspace = TRY(open_workspace(given, talk));
    const auto& settings = workspace.settings;
    const auto target = TRY(find_target(settings, given, talk));
    talk.line("stamping " + target.described());
    std::optional own_process = TRY(open_own_process(target, talk));
    const auto pooling = own_process->pooling;
    const auto first = TRY(look(own_process->connection, workspace, target.environment, given));
    const auto emergency = TRY(pass_gate(given, talk, first.verdict, first.gate.session));
    own_process.reset();

    auto session = TRY(begin_session(target, talk, "stamp"));
    const auto situation = TRY(look(session.connection(), workspace, target.environment, given));
    if (!situation.verdict.is_allowed()) return policy::refusal(situation.verdict, situation.gate.session);
    if (situation.changes.empty()) {
        TRY(session.end());
        return cli::Output{.text = given.json() ? as_json(situation.changes)
                                                : "nothing to do: the rows are as they are to be\n"};
    }
    TRY(pass_again(situation.verdict, situation.gate.session, emergency));
    TRY(ledger::check_rights(session.connection(), situation.domains, situation.tables, settings.ledger_schema));
    std::string verb = given.has("--purge") ? "stamp --purge" : "stamp";
    for (const auto& argument : given.arguments) verb += " " + argument;
    const auto books = TRY(
        open_books(session.connection(), settings.ledger_schema, runner_of(settings, given, verb, pooling), emergency));
    std::string text;
    auto stamped = stamp_all(session, workspace, target.environment, situation, books.run, talk, text);
    record_outcome(target, talk, books, emergency, stamped ? nullptr : &stamped.error());
    TRY(std::move(stamped));
    TRY(session.end());
    return cli::Output{.text = given.json() ? as_json(situation.changes) : text};
}

std::vector<cli::Option> stamp_options() {
    std::vector<cli::Option> list{
        {"--purge", 0, cli::Option::Kind::flag, "", "forget all rows first"},
        {"--sql", 0, cli::Option::Kind::flag, "", "print a script for psql instead of changing the rows"},
        {"--reason", 0, cli::Option::Kind::value, "TEXT", "why, for the ledger"}};
    const auto emergency = emergency_options();
    list.insert(list.end(), emergency.begin(), emergency.end());
    return list;
}

}  // namespace

extern const cli::Verb stamp_verb{
    .name = "stamp",
    .group = cli::Group::run,
    .summary = "set the version rows without running anything",
    .description =
        "Writes into the version tables that the database stands at REV, and runs no revision: for a database that\n"
        "was brought there by other means. --purge first forgets the rows that are there, also those no file has; it\n"
        "is the way out when a revision file was deleted. What stopped part-way in a stamped domain is forgotten.\n"
        "The ledger keeps who did it.",
    .example = "haetae stamp head\nhaetae stamp -d users 9f3c --reason \"restored by hand\"",
    .arguments = {{"REV", "where the database stands: an id, label, head, heads, base", 1, cli::Argument::any}},
    .options = stamp_options(),
    .run = run,
};

}  // namespace haetae::verbs
