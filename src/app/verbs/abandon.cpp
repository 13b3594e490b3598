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
#include "verbs/migration.hpp"
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
    auto session = TRY(begin_session(target, talk, "upgrade"));
    auto& connection = session.connection();
    TRY(ledger::check_own_schema(connection, schema));
    auto list = TRY(ledger::read_progress(connection, schema));
    const auto& scope = workspace.scope.domains;
    std::erase_if(list, [&](const ledger::Progress& progress) {
        return std::find(scope.begin(), scope.end(), progress.domain) == scope.end();
    });
    nlohmann::ordered_json document = nlohmann::ordered_json::array();
    std::string text;
    if (!list.empty()) {
        const auto tables = TRY(read_tables(connection, workspace.settings));
        TRY(ledger::check_rights(connection, {}, tables, schema));
        const auto run = TRY(ledger::begin_run(connection, schema, runner_of(given, "upgrade --abandon")));
        for (const auto& progress : list) {
            TRY(connection.simple(script_of(progress, schema, run)));
            text += fmt::format("revision {} of domain {} is not part-way {} any more: {}\n", progress.revision.text(),
                                progress.domain.text(), progress.direction, what_stays(progress));
            document.push_back({{"domain", progress.domain.text()},
                                {"revision", progress.revision.text()},
                                {"direction", progress.direction},
                                {"finished", finished_of(progress)}});
        }
    }
    TRY(session.end());
    if (given.json()) return cli::Output{.text = document.dump(2) + "\n"};
    if (list.empty()) return cli::Output{.text = "nothing to do: no revision is part-way\n"};
    return cli::Output{.text = text};
}

}  // namespace haetae::verbs
