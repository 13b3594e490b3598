// SPDX-License-Identifier: Apache-2.0
// The order of things within one step. What is sent, and what is committed when, is the whole of this file; the texts
// are in bookkeeping, the meaning of failures in failure; statements that run alone are in lone_statement.
#include "execute/executor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <random>
#include <thread>

#include "os/signal.hpp"

namespace haetae::execute {

namespace {

constexpr std::size_t recoveries_max = 10;  ///< a step

std::string transaction_began() {
    return "pg_catalog.transaction_timestamp()";
}

}  // namespace

Executor::Executor(Session& session, Books books, settings::Limits limits, std::vector<ledger::Progress> under_way,
                   Tell tell, std::optional<InDoubt> in_doubt)
    : session_(session),
      books_(std::move(books)),
      limits_(limits),
      under_way_(std::move(under_way)),
      tell_(std::move(tell)),
      in_doubt_(in_doubt) {}

ledger::ProgressKey Executor::key_of(const Task& task) const {
    return {
        .domain = task.domain.name, .revision = task.revision, .direction = task.direction_word(), .run = books_.run};
}

base::Status Executor::run(const Task& task) {
    finished_ = 0;
    has_progress_ = false;
    is_unsettled_ = false;
    recoveries_ = 0;
    if (os::interrupted()) return interrupted(task);
    TRY(take_up(task));
    const auto segments = plan::cut_segments(task.part, finished_);
    for (const auto& segment : segments) {
        if (os::interrupted()) return interrupted(task);
        TRY(run_segment(task, segment, &segment == &segments.back()));
    }
    return base::Done{};
}

Message Executor::opened(const Task& task, bool with_row_changes) const {
    Message message;
    message.ours("BEGIN");
    add_reset(message);
    add_settings(message, limits_, LimitClass::queueing, session_.connection().server_version(), true);
    add_guard(message, session_.lock(), task, with_row_changes);
    return message;
}

void Executor::close(Message& message, const Task& task, bool is_last) const {
    if (is_last) {
        add_row_check(message, task);
        const auto began = has_progress_ ? ledger::began_sql(books_.schema, key_of(task)) : transaction_began();
        message.ours(ledger::insert_sql(books_.schema, finished_entry(task, books_, began)));
        if (has_progress_) message.ours(ledger::forget_sql(books_.schema, key_of(task)));
    }
    add_durability(message);
    message.ours("COMMIT");
}

Message Executor::transaction_of(const Task& task, const plan::Segment& segment, bool is_last) const {
    auto message = opened(task, is_last);
    add_search_path(message, task.domain, true);
    add_earlier_settings(message, task.part, segment.first);
    const auto end = segment.first + segment.count;
    for (std::size_t i = segment.first; i < end; ++i) add_statement(message, task.part.statements[i], i, limits_);
    if (segment.count > 0) add_deferred(message);
    add_own_identity(message);
    for (std::size_t i = segment.first; !is_last && i < end; ++i) {
        message.ours(ledger::finish_sql(books_.schema, key_of(task), i, hash_of(task.part.statements[i])));
    }
    close(message, task, is_last);
    return message;
}

base::Status Executor::run_segment(const Task& task, const plan::Segment& segment, bool is_last) {
    if (!segment.transactional) {
        TRY(run_alone(task, segment.first, false));
        return is_last ? close_step(task) : base::Status(base::Done{});
    }
    const auto key = key_of(task);
    const auto end = segment.first + segment.count;
    if (!is_last || has_progress_) tell_({.kind = Event::Kind::statement, .number = segment.first + 1});
    const auto was_committed = [&]() -> base::Result<bool> {
        if (is_last) {
            return ledger::run_finished(session_.connection(), books_.schema, books_.run, key.domain, key.revision,
                                        key.direction);
        }
        return ledger::is_finished(session_.connection(), books_.schema, key, end - 1);
    };
    const auto refusal = TRY(commit(
        task, [&] { return transaction_of(task, segment, is_last); }, was_committed));
    if (refusal) {
        // A procedure or DO block that commits by itself, in a part where the user has said that it may.
        const bool commits_itself = refusal->error.sqlstate == "2D000" || refusal->error.sqlstate == "25001";
        if (task.part.mode != revisions::TransactionMode::off || !commits_itself) return refused(task, *refusal);
        TRY(run_alone(task, segment.first, true));
        return is_last ? close_step(task) : base::Status(base::Done{});
    }
    finished_ = end;
    has_progress_ = has_progress_ || !is_last;
    return base::Done{};
}

base::Status Executor::close_step(const Task& task) {
    const auto making = [&] {
        auto message = opened(task, true);
        close(message, task, true);
        return message;
    };
    const auto refusal = TRY(commit(task, making, [&]() {
        return ledger::run_finished(session_.connection(), books_.schema, books_.run, task.domain.name, task.revision,
                                    task.direction_word());
    }));
    if (refusal) return refused(task, *refusal);
    return base::Done{};
}

base::Result<std::optional<Refusal>> Executor::commit(const Task& task, const Making& making,
                                                      const Asked& was_committed) {
    for (std::size_t attempt = 1;; ++attempt) {
        const auto message = making();
        const auto outcome = session_.connection().run_script(message.text());
        if (!outcome.error) return std::optional<Refusal>{};
        if (needs_new_session(*outcome.error)) {
            if (TRY(recover_and_ask(task, *outcome.error, was_committed))) return std::optional<Refusal>{};
            continue;
        }
        // A syntax error fails before BEGIN, and a deferred constraint after COMMIT: nothing is open then.
        auto& connection = session_.connection();
        const auto rolled_back =
            connection.in_transaction() ? connection.run_script("ROLLBACK") : connect::ScriptOutcome{};
        if (rolled_back.error) TRY(recover(task, *rolled_back.error));
        if (os::interrupted()) return interrupted(task);
        const bool retry = is_retryable(*outcome.error) && attempt <= static_cast<std::size_t>(limits_.retries);
        if (retry && pause_before_retry(attempt, outcome.error->message)) continue;
        return std::optional(Refusal{.error = *outcome.error,
                                     .place = message.place(outcome.completed, outcome.error->position),
                                     .has_begun = message.has_begun(outcome.completed)});
    }
}

base::Status Executor::recover(const Task& task, const connect::ServerError& why) {
    const auto lost = [&](const std::string& what) {
        const auto signal = os::interrupted();
        return base::Error{
            .code = !signal              ? "HT0611"
                    : *signal == SIGTERM ? "HT0621"
                                         : "HT0620",
            .sentence = fmt::format("the connection was lost while revision {} of domain {} ran, and {}: {}",
                                    task.revision.text(), task.domain.name.text(),
                                    signal ? "the run was interrupted then" : "could not be had again", what),
            .hint = "run again when the server is back: what was committed is known then, and the rest is done",
            .database_state = "whether that revision was applied cannot be told from here; `haetae current` says it"};
    };
    if (os::interrupted()) return lost(why.message);
    if (++recoveries_ > recoveries_max) return lost("it broke too often");
    if (auto status = session_.recover(); !status) return lost(status.error().sentence);
    tell_({.kind = why.connection_lost ? Event::Kind::reconnected : Event::Kind::locked_again});
    return base::Done{};
}

base::Result<bool> Executor::recover_and_ask(const Task& task, const connect::ServerError& why, const Asked& asked) {
    TRY(recover(task, why));
    while (true) {
        auto answer = asked();
        const bool broke_again = !answer && answer.error().code == "HT0421";
        if (!broke_again) return answer;
        TRY(recover(task, {.message = answer.error().sentence, .connection_lost = true}));
    }
}

base::Error Executor::refused(const Task& task, const Refusal& refusal) {
    const auto statement = refusal.place ? refusal.place->statement + 1 : task.part.statements.size();
    return stop(task, explain_failure(task, refusal), statement);
}

base::Error Executor::interrupted(const Task& task) {
    const bool is_termination = os::interrupted() == SIGTERM;
    return stop(task,
                {.code = is_termination ? "HT0621" : "HT0620",
                 .sentence = fmt::format("{} while revision {} of domain {} was to run",
                                         is_termination ? "terminated" : "interrupted", task.revision.text(),
                                         task.domain.name.text()),
                 .hint = "run again to go on from there"},
                finished_);
}

std::string Executor::what_remains(const Task& task) const {
    const auto which = fmt::format("revision {} of domain {}", task.revision.text(), task.domain.name.text());
    if (!has_progress_) return fmt::format("nothing of {} remains", which);
    auto text = fmt::format("{} is part-way: {} of its {} statements are finished and stay", which, finished_,
                            task.part.statements.size());
    if (is_unsettled_) text += fmt::format("; statement {} may have done some of its work", finished_ + 1);
    return text;
}

base::Error Executor::stop(const Task& task, base::Error error, std::size_t statement) {
    auto& connection = session_.connection();
    connection.set_on_wait({});  // an interrupt has ended the step already; it is not to cancel the record of it
    Message own;
    add_own_identity(own);
    static_cast<void>(connection.run_script(own.text()));  // where it fails, so do the statements below, which say so
    if (has_progress_ && !is_unsettled_) {
        // What was refused as a whole left nothing: with no statement finished, it is as if the step had not begun.
        const auto forgotten = connection.simple(ledger::forget_sql(books_.schema, key_of(task), finished_));
        if (forgotten && finished_ == 0) has_progress_ = false;
    }
    error.database_state = what_remains(task);
    auto entry = entry_of(task, books_);
    entry.outcome = "failed";
    entry.statement = static_cast<int>(statement);
    entry.sqlstate = error.sqlstate;
    entry.error = error.sentence;
    const auto written = connection.simple(ledger::insert_sql(books_.schema, entry));
    if (!written)
        error.clauses.push_back("this failure could not be written to the ledger: " + written.error().sentence);
    if (has_progress_ && (error.code == "HT0610" || error.code == "HT0606")) {
        error.code = "HT0613";
        if (error.hint.empty()) error.hint = "mend the statement in the file and run again: it goes on from there";
    }
    return error;
}

bool Executor::pause_before_retry(std::size_t attempt, const std::string& why) {
    using Milliseconds = std::chrono::milliseconds;
    static thread_local std::minstd_rand random(std::random_device{}());
    const int whole = static_cast<int>(std::min<std::size_t>(100U << std::min<std::size_t>(attempt - 1, 6), 5000));
    const Milliseconds pause(std::uniform_int_distribution<int>(whole / 2, whole)(random));
    tell_({.kind = Event::Kind::retry, .number = attempt, .text = why, .pause = pause});
    constexpr Milliseconds slice{50};
    for (auto left = pause; left > Milliseconds(0) && !os::interrupted(); left -= slice) {
        std::this_thread::sleep_for(std::min(left, slice));
    }
    return !os::interrupted();
}

}  // namespace haetae::execute
