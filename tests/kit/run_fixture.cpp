// SPDX-License-Identifier: Apache-2.0
// The books are made as the verbs make them.
#include "kit/run_fixture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "ledger/own_schema.hpp"
#include "ledger/progress.hpp"
#include "plan/version_row.hpp"

namespace haetae::kit {

namespace {

template <typename T>
T must(base::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().code + " " + result.error().sentence);
    return std::move(result).value();
}

}  // namespace

execute::Task task_of(const settings::Domain& domain, const std::string& from, const std::string& id,
                      const std::string& body, const std::string& options) {
    auto parts = must(revisions::cut_parts("-- migrate:up" + options + "\n" + body, id + ".sql"));
    using Kind = plan::RowChange::Kind;
    plan::RowChange change{.kind = from.empty() ? Kind::insert : Kind::update, .to = graph::RevisionId(id)};
    if (!from.empty()) change.from = graph::RevisionId(from);
    return {.domain = domain,
            .revision = graph::RevisionId(id),
            .row_changes = {change},
            .part = std::move(parts.up),
            .up_checksum = parts.up_checksum,
            .file = id + ".sql"};
}

void RunTest::SetUp() {
    SandboxTest::SetUp();
    session_url = url();
    auto setup = connection();
    must(ledger::ensure_own_schema(setup, "haetae"));
    must(setup.simple("CREATE SCHEMA game; " + plan::create_version_table_sql(domain)));
}

void RunTest::begin() {
    const auto open = [this](std::string_view name) {
        return connect::Connection::open(session_url, {.application_name = std::string(name)});
    };
    session = must(execute::Session::begin(open, "haetae test", {.limit = limits.migrator_wait}));
    execute::Books books{.schema = "haetae"};
    books.run = must(ledger::begin_run(session->connection(), "haetae",
                                       {.verb = "test", .os_user = "tester", .host = "here", .tool_version = "0"}));
    auto under_way = must(ledger::read_progress(session->connection(), "haetae"));
    executor = std::make_unique<execute::Executor>(
        *session, books, limits, std::move(under_way),
        [this](const execute::Event& event) {
            events.push_back(event);
            if (on_event) on_event(event);
        },
        in_doubt);
}

void RunTest::begin_anew() {
    executor.reset();
    session.reset();
    begin();
}

base::Status RunTest::run(const execute::Task& task) {
    if (!session) begin();
    return executor->run(task);
}

base::Status RunTest::run(const std::string& id, const std::string& body, const std::string& options) {
    auto status = run(task_of(domain, head, id, body, options));
    if (status) head = id;
    return status;
}

std::string RunTest::cell(std::string_view sql) const {
    auto own = connection();
    return first_cell(own, sql);
}

std::string RunTest::rows() const {
    return cell("SELECT string_agg(version_num, ',' ORDER BY version_num) FROM game.alembic_version");
}

std::string RunTest::progress() const {
    return cell(
        "SELECT string_agg(revision || '/' || statement || '=' || state, ' ' ORDER BY revision, statement) "
        "FROM haetae.progress");
}

std::string RunTest::ledger() const {
    return cell(
        "SELECT string_agg(revision || ':' || direction || ':' || outcome, ' ' ORDER BY id) FROM haetae.ledger "
        "WHERE kind = 'revision'");
}

std::size_t RunTest::count_of(execute::Event::Kind kind) const {
    return static_cast<std::size_t>(std::count_if(events.begin(), events.end(),
                                                  [kind](const execute::Event& event) { return event.kind == kind; }));
}

}  // namespace haetae::kit
