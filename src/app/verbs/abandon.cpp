// SPDX-License-Identifier: Apache-2.0
// One transaction for each revision that is given up: the lock is checked, its progress forgotten, the row written.
#include "verbs/abandon.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ledger/own_schema.hpp"
#include "ledger/progress.hpp"
#include "ledger/rights.hpp"
#include "pg/identifier.hpp"
#include "verbs/emergency.hpp"
#include "verbs/gate.hpp"
#include "verbs/migrator_session.hpp"
#include "verbs/pooling.hpp"
#include "verbs/runner.hpp"

namespace haetae::verbs {

namespace {

std::size_t finished_of(const ledger::Progress& progress) {
    return static_cast<std::size_t>(std::count_if(progress.rows.begin(), progress.rows.end(), [](const auto& row) {
        return row.state == ledger::ProgressRow::State::done;
    }));
}

/// "2 statements are finished and stay; the one after them may have done some of its work".
std::string what_stays(const ledger::Progress& progress) {
    const auto finished = finished_of(progress);
    auto text = finished == 0   ? std::string("none of its statements is finished")
                : finished == 1 ? std::string("1 statement is finished and stays")
                                : fmt::format("{} statements are finished and stay", finished);
    if (finished < progress.rows.size()) text += "; the next may have done some of its work";
    return text;
}

std::string script_of(const ledger::Progress& progress, const std::string& schema, ledger::RunId run) {
    const ledger::ProgressKey key{
        .domain = progress.domain, .revision = progress.revision, .direction = progress.direction, .run = run};
    const ledger::Entry entry{.kind = "abandoned",
                              .run = run,
                              .domain = progress.domain.text(),
                              .revision = progress.revision.text(),
                              .direction = progress.direction,
                              .statement = static_cast<int>(progress.rows.size())};
    return "BEGIN;\nDO " + pg::literal("BEGIN\n" + ledger::lock_check_sql() + "\nEND") + ";\n" +
           ledger::forget_sql(schema, key) + ";\n" + ledger::insert_sql(schema, entry) + ";\nCOMMIT";
}

/// What is part-way in the domains that are meant, and what the gate says of forgetting it.
struct Situation {
    std::vector<ledger::Progress> list{};
    Gate gate{};
    policy::Verdict verdict{};
};

base::Result<Situation> look(connect::Connection& connection, const Workspace& workspace,
                             const settings::Environment& environment, const cli::Given& given) {
    const auto& schema = workspace.settings.ledger_schema;
    TRY(ledger::check_own_schema(connection, schema));
    Situation situation{.list = TRY(ledger::read_progress(connection, schema))};
    situation.gate = TRY(read_gate(connection, workspace.settings, environment));
    const auto& scope = workspace.scope.domains;
    std::erase_if(situation.list, [&](const ledger::Progress& progress) {
        return std::find(scope.begin(), scope.end(), progress.domain) == scope.end();
    });
    auto run = gate_run(given, "upgrade --abandon");
    run.changes = !situation.list.empty();
    situation.verdict = policy::judge(situation.gate.settings, situation.gate.session, situation.gate.ci, run);
    return situation;
}

}  // namespace

base::Result<cli::Output> abandon(const cli::Given& given, cli::Talk& talk) {
    if (const auto revision = given.argument(0)) {
        return base::Error{.code = "HT0173",
                           .sentence = "--abandon forgets what is part-way, and goes nowhere: " + *revision,
                           .hint = "leave the target out; -d chooses the domain"};
    }
    const auto workspace = TRY(open_workspace(given, talk));
    const auto target = TRY(find_target(workspace.settings, given, talk));
    const auto& schema = workspace.settings.ledger_schema;
    talk.line("abandoning what is part-way in " + target.described());
    std::optional own_process = TRY(open_own_process(target, talk));
    const auto pooling = own_process->pooling;
    const auto first = TRY(look(own_process->connection, workspace, target.environment, given));
    const auto emergency = TRY(pass_gate(given, talk, first.verdict, first.gate.session));
    own_process.reset();

    auto session = TRY(begin_session(target, talk, "upgrade"));
    const auto situation = TRY(look(session.connection(), workspace, target.environment, given));
    const auto& list = situation.list;
    if (!situation.verdict.is_allowed()) return policy::refusal(situation.verdict, situation.gate.session);
    nlohmann::ordered_json document = nlohmann::ordered_json::array();
    std::string text;
    if (!list.empty()) {
        TRY(pass_again(situation.verdict, situation.gate.session, emergency));
        const auto tables = TRY(read_tables(session.connection(), workspace.settings));
        TRY(ledger::check_rights(session.connection(), {}, tables, schema));
        const auto books =
            TRY(open_books(session.connection(), schema,
                           runner_of(workspace.settings, given, "upgrade --abandon", pooling), emergency));
        base::Status status = base::Done{};
        for (const auto& progress : list) {
            auto done = session.connection().simple(script_of(progress, schema, books.run));
            if (!done) {
                status = std::move(done).error();
                break;
            }
            text += fmt::format("revision {} of domain {} is not part-way {} any more: {}\n", progress.revision.text(),
                                progress.domain.text(), progress.direction, what_stays(progress));
            document.push_back({{"domain", progress.domain.text()},
                                {"revision", progress.revision.text()},
                                {"direction", progress.direction},
                                {"finished", finished_of(progress)}});
        }
        record_outcome(target, talk, books, emergency, status ? nullptr : &status.error());
        TRY(std::move(status));
    }
    TRY(session.end());
    if (given.json()) return cli::Output{.text = document.dump(2) + "\n"};
    if (list.empty()) return cli::Output{.text = "nothing to do: no revision is part-way\n"};
    return cli::Output{.text = text};
}

}  // namespace haetae::verbs
