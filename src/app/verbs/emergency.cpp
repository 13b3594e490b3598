// SPDX-License-Identifier: Apache-2.0
// --yes-database counts only where nobody can be asked: a command out of the shell's history must not be enough.
#include "verbs/emergency.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ledger/own_schema.hpp"
#include "pg/connection_url.hpp"

namespace haetae::verbs {

namespace {

base::Error not_confirmed(std::string sentence, std::string hint) {
    return {.code = "HT0716",
            .sentence = std::move(sentence),
            .hint = std::move(hint),
            .database_state = "nothing was changed"};
}

nlohmann::ordered_json codes_of(const std::vector<policy::Refusal>& broken) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const auto& refusal : broken) list.push_back({{"code", refusal.code}, {"what", refusal.sentence}});
    return list;
}

}  // namespace

base::Result<std::string> confirm_database(const cli::Given& given, cli::Talk& talk, const std::string& database) {
    const auto named = given.value("--yes-database");
    if (!talk.can_ask()) {
        if (named == database) return std::string("--yes-database");
        return not_confirmed(named ? fmt::format("--yes-database names {}, and this is database {}", *named, database)
                                   : "there is no terminal to type the name of the database on",
                             fmt::format("when database {0} is meant: --yes-database {0}", database));
    }
    const auto typed = talk.ask(fmt::format("type the name of the database to go on ({}): ", database));
    if (typed == database) return std::string("typed");
    return not_confirmed(typed ? "that is not the name of the database" : "the name of the database was not typed",
                         "nothing happens without it");
}

base::Status check_reason(const cli::Given& given) {
    const auto reason = given.value("--break-glass");
    if (!reason || reason->find_first_not_of(" \t\r\n") != std::string::npos) return base::Done{};
    return base::Error{
        .code = "HT0143",
        .sentence = "--break-glass needs a reason that says something",
        .hint = "it stays in the ledger for those who ask later: --break-glass \"orders fail since 3:00\"",
        .database_state = "nothing was changed"};
}

base::Result<std::optional<Emergency>> pass_gate(const cli::Given& given, cli::Talk& talk,
                                                 const policy::Verdict& verdict, const policy::GateSession& session) {
    TRY(check_reason(given));
    for (const auto& note : verdict.notes) talk.note(note);
    if (!verdict.is_allowed()) return policy::refusal(verdict, session);
    const auto reason = given.value("--break-glass");
    if (verdict.broken.empty()) {
        if (reason) talk.note("nothing stands against this run: --break-glass breaks nothing");
        return std::optional<Emergency>{};
    }
    talk.warning(fmt::format("in an emergency, against the rules of database {}:", session.database));
    for (const auto& refusal : verdict.broken) talk.warning(fmt::format("  {}: {}", refusal.code, refusal.sentence));
    auto confirmed = TRY(confirm_database(given, talk, session.database));
    return std::optional<Emergency>(Emergency{.reason = pg::mask_passwords(*reason),
                                              .database = session.database,
                                              .confirmed = std::move(confirmed),
                                              .broken = verdict.broken});
}

base::Status pass_again(const policy::Verdict& verdict, const policy::GateSession& session,
                        const std::optional<Emergency>& emergency) {
    if (!verdict.is_allowed()) return policy::refusal(verdict, session);
    if (verdict.broken == (emergency ? emergency->broken : std::vector<policy::Refusal>{})) return base::Done{};
    return base::Error{.code = "HT0715",
                       .sentence = "what --break-glass would stand in for has changed while this run waited",
                       .hint = "look at it again: haetae status, haetae plan; then run the command once more",
                       .database_state = "nothing was changed"};
}

base::Result<execute::Books> open_books(connect::Connection& connection, const std::string& schema,
                                        const ledger::Runner& runner, const std::optional<Emergency>& emergency) {
    TRY(ledger::ensure_own_schema(connection, schema));
    const auto run = TRY(ledger::begin_run(connection, schema, runner));
    execute::Books books{.schema = schema, .run = run};
    if (!emergency) return books;
    const nlohmann::ordered_json details{{"database", emergency->database},
                                         {"confirmed", emergency->confirmed},
                                         {"broken", codes_of(emergency->broken)}};
    TRY(connection.simple(ledger::insert_sql(
        schema, {.kind = "broke-glass", .run = books.run, .reason = emergency->reason, .details = details.dump()})));
    return books;
}

std::string last_emergency(connect::Connection& connection, const std::string& schema) {
    const auto rows = ledger::read_ledger(connection, schema, {.kind = "broke-glass", .rows_max = 2});
    if (!rows || rows->empty()) return {};
    const auto& last = rows->back();
    const auto& outcome = last.entry.outcome;
    return fmt::format("{} by {}: {} ({})", last.at, last.role, last.entry.reason,
                       outcome.empty() ? "no outcome is recorded" : outcome);
}

void record_outcome(const target::Target& target, cli::Talk& talk, const execute::Books& books,
                    const std::optional<Emergency>& emergency, const base::Error* failure) {
    if (!emergency) return;
    const ledger::Entry entry{.kind = "broke-glass",
                              .run = books.run,
                              .outcome = failure == nullptr ? "done" : "failed",
                              .sqlstate = failure == nullptr ? "" : failure->sqlstate,
                              .error = failure == nullptr ? "" : failure->sentence,
                              .reason = emergency->reason};
    // Without a look at the interrupt that may have ended the run.
    auto connection = target::open(
        target, {.application_name = "haetae (record)", .connect_timeout = target.environment.limits.connect_timeout});
    const auto written = connection
                             ? base::Result<connect::Rows>(connection->simple(ledger::insert_sql(books.schema, entry)))
                             : base::Result<connect::Rows>(connection.error());
    if (!written) {
        talk.warning(
            fmt::format("the ledger could not be told how this emergency ended: {}", written.error().sentence));
    }
}

}  // namespace haetae::verbs
