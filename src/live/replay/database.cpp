// SPDX-License-Identifier: Apache-2.0
// The books are made as the run verbs make them, so that a replay tries those, too.
#include "replay/database.hpp"

#include "execute/executor.hpp"
#include "execute/ground.hpp"
#include "execute/task.hpp"
#include "ledger/ledger.hpp"
#include "ledger/own_schema.hpp"
#include "ledger/rights.hpp"
#include "ledger/version_table.hpp"
#include "os/signal.hpp"
#include "replay/explain.hpp"

namespace haetae::replay {

base::Result<connect::Connection> open_own(const pg::ConnectionUrl& url, std::string_view application_name) {
    return connect::Connection::open(url, {.application_name = std::string(application_name),
                                           .use_environment = false,
                                           .on_wait = [](std::chrono::milliseconds) {
                                               return os::interrupted() ? connect::Wait::cancel : connect::Wait::go_on;
                                           }});
}

base::Status Database::prepare(const pg::ConnectionUrl& url, const History& history) {
    auto connection = TRY(open_own(url));
    const auto& schema = history.settings->ledger_schema;
    const auto tables = TRY(ledger::read_version_tables(connection, history.domains));
    auto missing = TRY(ledger::check_rights(connection, history.domains, tables, schema));
    TRY(ledger::ensure_own_schema(connection, schema));
    missing = execute::schemas_to_make(std::move(missing), history.domains, history.created_schemas);
    const auto room = execute::room_sql(history.domains, tables, missing);
    if (!room.empty()) TRY(connection.simple(room));
    return base::Done{};
}

base::Result<Database> Database::open(pg::ConnectionUrl url, const History& history, plan::VersionTables rows) {
    Database database(std::move(url), history, std::move(rows));
    const auto open_session = [own = database.url_](std::string_view name) { return open_own(own, name); };
    database.session_ = std::make_unique<execute::Session>(
        TRY(execute::Session::begin(open_session, "haetae replay", {.limit = std::chrono::seconds(10)})));
    database.books_.schema = history.settings->ledger_schema;
    database.books_.run = TRY(ledger::begin_run(database.connection(), database.books_.schema,
                                                {.verb = "replay", .os_user = "", .host = "", .tool_version = ""}));
    return database;
}

base::Result<std::chrono::microseconds> Database::run(graph::Node node, plan::Direction direction) {
    auto rows = rows_;
    const auto step = direction == plan::Direction::up ? rows.apply(node) : rows.undo(node);
    const auto& settings = *history_->settings;
    const auto task = TRY(execute::read_task(settings, *history_->graph, step));
    const auto& limits = settings.environments.at("local").limits;
    execute::Executor executor(*session_, books_, limits, {}, [](const execute::Event&) {});
    const auto began = std::chrono::steady_clock::now();
    if (auto status = executor.run(task); !status) return explain(std::move(status).error(), settings);
    rows_ = std::move(rows);
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
}

}  // namespace haetae::replay
