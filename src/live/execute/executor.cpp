// SPDX-License-Identifier: Apache-2.0
// The order of things within one step. What is sent, and what is committed when, is the whole of this file; the texts
// are in bookkeeping, the meaning of failures in failure, the settling of interrupted statements in resume.
#include "execute/executor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <random>
#include <thread>

#include "execute/failure.hpp"
#include "execute/resume.hpp"
#include "os/signal.hpp"

namespace haetae::execute {

namespace {

constexpr std::size_t recoveries_max = 5;  ///< a step

std::string transaction_began() {
    return "pg_catalog.transaction_timestamp()";
}

LimitClass limits_of(const revisions::Statement& statement) {
    const bool nobody_queues = statement.facts.kind.find("CONCURRENTLY") != std::string::npos;
    return nobody_queues ? LimitClass::long_running : LimitClass::queueing;
}

std::string quoted(const std::string& kind) {
    return kind.empty() ? "a statement" : kind;
}

}  // namespace

Executor::Executor(Session& session, Books books, settings::Limits limits, std::vector<ledger::Progress> under_way,
                   Tell tell)
    : session_(session),
      books_(std::move(books)),
      limits_(limits),
      under_way_(std::move(under_way)),
      tell_(std::move(tell)) {}

ledger::ProgressKey Executor::key_of(const Task& task) const {
    return {
        .domain = task.domain.name, .revision = task.revision, .direction = task.direction_word(), .run = books_.run};
}

base::Status Executor::run(const Task& task) {
    finished_ = 0;
    has_progress_ = false;
    recoveries_ = 0;
    if (os::interrupted()) return interrupted(task);
    finished_ = TRY(take_up(task));
    const auto segments = plan::cut_segments(task.part, finished_);
    for (const auto& segment : segments) {
        if (os::interrupted()) return interrupted(task);
        TRY(run_segment(task, segment, &segment == &segments.back()));
    }
    return base::Done{};
}

base::Result<std::size_t> Executor::take_up(const Task& task) {
    const auto key = key_of(task);
    const auto found = std::find_if(under_way_.begin(), under_way_.end(), [&](const ledger::Progress& progress) {
        return progress.domain == key.domain && progress.revision == key.revision &&
               progress.direction == key.direction;
    });
    if (found == under_way_.end()) return std::size_t{0};
    has_progress_ = true;
    std::size_t number = 0;
    for (const auto& row : found->rows) {
        const bool is_in_file = row.statement == number && number < task.part.statements.size();
        const bool is_done = row.state == ledger::ProgressRow::State::done;
        if (is_done && (!is_in_file || hash_of(task.part.statements[number]) != row.hash)) {
            return base::Error{.code = "HT0615",
                               .sentence = fmt::format(
                                   "statement {} of revision {} was finished by an earlier run and has changed since",
                                   row.statement + 1, task.revision.text()),
                               .hint = "put the finished statements back as they were; those after them may be mended"};
        }
        if (!is_done) {
            const bool is_same = is_in_file && hash_of(task.part.statements[number]) == row.hash;
            if (!is_same) break;  // mended in the file: what was intended is not wanted any more
            const auto& statement = task.part.statements[number];
            Message path;
            add_search_path(path, task.domain, false);
            TRY(session_.connection().simple(path.text()));
            const auto effect = TRY(effect_of(session_.connection(), statement));
            if (effect == Effect::unknown) {
                return base::Error{.code = "HT0614",
                                   .sentence = fmt::format(
                                       "statement {} of revision {} ({}) was interrupted, and whether it took effect "
                                       "cannot be told",
                                       number + 1, task.revision.text(), quoted(statement.facts.kind)),
                                   .hint =
                                       "look for its effect; then make the statement safe to repeat in the file (IF "
                                       "NOT EXISTS), or take "
                                       "it out, and run again"};
            }
            if (effect == Effect::again) break;
            TRY(session_.connection().simple(ledger::finish_sql(books_.schema, key, number, hash_of(statement))));
        }
        ++number;
    }
    tell_({.kind = Event::Kind::resumed, .number = number});
    return number;
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
    message.ours("COMMIT");
}

base::Status Executor::run_segment(const Task& task, const plan::Segment& segment, bool is_last) {
    if (!segment.transactional) {
        TRY(run_alone(task, segment.first));
        return is_last ? close_step(task) : base::Status(base::Done{});
    }
    const auto key = key_of(task);
    if (!is_last || has_progress_) tell_({.kind = Event::Kind::statement, .number = segment.first + 1});
    auto message = opened(task, is_last);
    add_search_path(message, task.domain, true);
    add_earlier_settings(message, task.part, segment.first);
    for (std::size_t i = segment.first; i < segment.first + segment.count; ++i) {
        add_statement(message, task.part.statements[i], i, limits_);
    }
    add_own_identity(message);
    const auto end = segment.first + segment.count;
    for (std::size_t i = segment.first; !is_last && i < end; ++i) {
        message.ours(ledger::finish_sql(books_.schema, key, i, hash_of(task.part.statements[i])));
    }
    close(message, task, is_last);

    const auto was_committed = [&]() -> base::Result<bool> {
        if (is_last) {
            return ledger::run_finished(session_.connection(), books_.schema, books_.run, key.domain, key.revision,
                                        key.direction);
        }
        return ledger::is_finished(session_.connection(), books_.schema, key, end - 1);
    };
    const auto refusal = TRY(commit(task, message, was_committed));
    if (refusal) {
        // A procedure or DO block that commits by itself, in a part where the user has said that it may.
        const bool commits_itself = refusal->error.sqlstate == "2D000" || refusal->error.sqlstate == "25001";
        if (task.part.mode != revisions::TransactionMode::off || !commits_itself) return refused(task, *refusal);
        TRY(run_alone(task, segment.first));
        return is_last ? close_step(task) : base::Status(base::Done{});
    }
    finished_ = end;
    has_progress_ = has_progress_ || !is_last;
    return base::Done{};
}

base::Status Executor::close_step(const Task& task) {
    auto message = opened(task, true);
    close(message, task, true);
    const auto refusal = TRY(commit(task, message, [&]() {
        return ledger::run_finished(session_.connection(), books_.schema, books_.run, task.domain.name, task.revision,
                                    task.direction_word());
    }));
    if (refusal) return refused(task, *refusal);
    return base::Done{};
}

base::Status Executor::run_alone(const Task& task, std::size_t index) {
    const auto& statement = task.part.statements[index];
    const auto key = key_of(task);
    const auto hash = hash_of(statement);
    const bool is_create =
        statement.facts.index_build && statement.facts.index_build->action == sql::IndexBuild::Action::create;
    tell_({.kind = Event::Kind::statement, .number = index + 1, .text = statement.facts.kind});
    for (std::size_t attempt = 1;; ++attempt) {
        Message before;
        add_reset(before);
        add_settings(before, limits_, limits_of(statement), session_.connection().server_version(), false);
        add_guard(before, session_.lock(), task, false);
        before.ours(ledger::intend_sql(books_.schema, key, index, hash));
        add_search_path(before, task.domain, false);
        add_earlier_settings(before, task.part, index);
        const auto refusal = TRY(commit(task, before, []() -> base::Result<bool> { return false; }));
        if (refusal) return refused(task, *refusal);
        has_progress_ = true;

        Message alone;
        alone.statement(statement, index);
        const auto outcome = session_.connection().run_script(alone.text());
        bool again = false;
        if (outcome.error && needs_new_session(*outcome.error)) {
            TRY(recover(task));
            Message path;
            add_search_path(path, task.domain, false);
            TRY(session_.connection().simple(path.text()));
            const auto effect = TRY(effect_of(session_.connection(), statement));
            if (effect == Effect::unknown) {
                return stop(
                    task,
                    {.code = "HT0614",
                     .sentence = fmt::format("the connection was lost during statement {} ({}), and whether it took "
                                             "effect cannot be told",
                                             index + 1, quoted(statement.facts.kind)),
                     .hint = "look for its effect; then make the statement safe to repeat in the file, or take it out, "
                             "and run again"},
                    index + 1);
            }
            again = effect == Effect::again;
        } else if (is_create) {
            // Also after success: IF NOT EXISTS skips an index that an earlier build has left invalid.
            const auto dropped = TRY(drop_invalid(session_.connection(), *statement.facts.index_build));
            if (dropped) tell_({.kind = Event::Kind::cleaned, .text = *dropped});
            again = !outcome.error && dropped;
        }
        if (outcome.error && !needs_new_session(*outcome.error)) {
            if (os::interrupted()) return interrupted(task);
            const bool retry = is_retryable(*outcome.error) && attempt <= static_cast<std::size_t>(limits_.retries);
            if (!retry || !pause_before_retry(attempt, outcome.error->message)) {
                return refused(task, {*outcome.error, alone.place(outcome.completed, outcome.error->position)});
            }
            again = true;
        }
        if (!again) break;
        if (os::interrupted()) return interrupted(task);
    }
    finished_ = index + 1;
    Message after;
    add_own_identity(after);
    after.ours(ledger::finish_sql(books_.schema, key, index, hash));
    const auto refusal = TRY(commit(task, after, []() -> base::Result<bool> { return false; }));
    if (refusal) return refused(task, *refusal);
    return base::Done{};
}

base::Result<std::optional<Executor::Refusal>> Executor::commit(const Task& task, const Message& message,
                                                                const Asked& was_committed) {
    for (std::size_t attempt = 1;; ++attempt) {
        const auto outcome = session_.connection().run_script(message.text());
        if (!outcome.error) return std::optional<Refusal>{};
        if (needs_new_session(*outcome.error)) {
            TRY(recover(task));
            if (TRY(was_committed())) return std::optional<Refusal>{};
            continue;
        }
        // A syntax error fails before BEGIN, and a deferred constraint after COMMIT: nothing is open then.
        const bool is_open = session_.connection().in_transaction();
        if (is_open && session_.connection().run_script("ROLLBACK").error) TRY(recover(task));
        if (os::interrupted()) return interrupted(task);
        const bool retry = is_retryable(*outcome.error) && attempt <= static_cast<std::size_t>(limits_.retries);
        if (retry && pause_before_retry(attempt, outcome.error->message)) continue;
        return std::optional(Refusal{*outcome.error, message.place(outcome.completed, outcome.error->position)});
    }
}

base::Status Executor::recover(const Task& task) {
    const auto lost = [&](std::string why) {
        return base::Error{
            .code = "HT0611",
            .sentence = fmt::format(
                "the connection was lost while revision {} of domain {} ran, and could not be had again: {}",
                task.revision.text(), task.domain.name.text(), why),
            .hint = "run again when the server is back: what was committed is known then, and the rest is done",
            .database_state = "whether that revision was applied cannot be told from here; `haetae current` says it"};
    };
    if (os::interrupted()) return interrupted(task);
    if (++recoveries_ > recoveries_max) return lost("it broke too often");
    if (auto status = session_.recover(); !status) return lost(status.error().sentence);
    tell_({.kind = Event::Kind::reconnected});
    return base::Done{};
}

base::Error Executor::refused(const Task& task, const Refusal& refusal) {
    const auto statement = refusal.place ? refusal.place->statement + 1 : task.part.statements.size();
    return stop(task, explain_failure(task, refusal.error, refusal.place), statement);
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

base::Error Executor::stop(const Task& task, base::Error error, std::size_t statement) {
    auto& connection = session_.connection();
    Message own;
    add_own_identity(own);
    static_cast<void>(connection.run_script(own.text()));  // where it fails, so do the statements below, which say so
    if (has_progress_ && finished_ == 0 && error.code != "HT0614") {
        // Nothing of the step is in the database, so it is as if it had not begun.
        if (connection.simple(ledger::forget_sql(books_.schema, key_of(task)))) has_progress_ = false;
    }
    error.database_state =
        has_progress_
            ? fmt::format("revision {} of domain {} is part-way: {} of its {} statements are finished and stay",
                          task.revision.text(), task.domain.name.text(), finished_, task.part.statements.size())
            : fmt::format("nothing of revision {} of domain {} remains", task.revision.text(), task.domain.name.text());
    const auto written = connection.simple(ledger::insert_sql(books_.schema, {.kind = "revision",
                                                                              .run = books_.run,
                                                                              .domain = task.domain.name.text(),
                                                                              .revision = task.revision.text(),
                                                                              .direction = task.direction_word(),
                                                                              .outcome = "failed",
                                                                              .up_checksum = task.up_checksum,
                                                                              .down_checksum = task.down_checksum,
                                                                              .statement = static_cast<int>(statement),
                                                                              .sqlstate = error.sqlstate,
                                                                              .error = error.sentence}));
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
