// SPDX-License-Identifier: Apache-2.0
// The half of the executor for statements that PostgreSQL refuses in a transaction, and for procedures that commit by
// themselves. Such a statement is intended in `progress`, sent alone, and marked as finished; what became of one whose
// answer never came is asked of the catalog before anything else is done.
#include <fmt/format.h>

#include <algorithm>

#include "execute/executor.hpp"
#include "execute/resume.hpp"
#include "os/signal.hpp"

namespace haetae::execute {

namespace {

constexpr std::string_view duplicate_table = "42P07";  // an index is a relation, too

LimitClass limits_of(const revisions::Statement& statement) {
    const bool nobody_queues = statement.facts.detach || statement.facts.kind.find("CONCURRENTLY") != std::string::npos;
    return nobody_queues ? LimitClass::long_running : LimitClass::queueing;
}

/// Has the statement several transactions, of which the first ones stay when a later one fails?
bool may_leave_something(const revisions::Statement& statement) {
    return statement.facts.index_build || statement.facts.detach;
}

bool creates_index(const revisions::Statement& statement) {
    return statement.facts.index_build && statement.facts.index_build->action == sql::IndexBuild::Action::create;
}

base::Error unknown_effect(const Task& task, std::size_t index) {
    const auto& kind = task.part.statements[index].facts.kind;
    return {
        .code = "HT0614",
        .sentence =
            fmt::format("statement {} of revision {} ({}) was interrupted, and whether it took effect cannot be told",
                        index + 1, task.revision.text(), kind.empty() ? "a statement" : kind),
        .hint =
            "look for its effect, then say what you found: run again with --in-doubt done, or with --in-doubt again"};
}

/// The effect was asked for, and cannot be told or stands in the way.
bool is_about_the_effect(const base::Error& error) {
    return error.code == "HT0614" || error.code == "HT0632" || error.code == "HT0633";
}

}  // namespace

base::Result<bool> Executor::took_effect(const Task& task, std::size_t index) {
    auto& connection = session_.connection();
    // Names resolve as they did for the statement itself.
    Message ready;
    add_reset(ready);
    add_settings(ready, limits_, LimitClass::long_running, connection.server_version(), false);
    add_search_path(ready, task.domain, false);
    add_earlier_settings(ready, task.part, index);
    TRY(connection.simple(ready.text()));
    const auto cleared = TRY(clear_left_behind(connection, task.part.statements[index]));
    if (cleared) tell_({.kind = Event::Kind::cleaned, .text = *cleared});
    const auto effect = TRY(effect_of(connection, task.part.statements[index]));
    Message own;
    add_own_identity(own);
    TRY(connection.simple(own.text()));
    if (effect == Effect::unknown) return unknown_effect(task, index);
    return effect == Effect::finished;
}

base::Result<bool> Executor::take_as(const Task& task, InDoubt decision) {
    const bool is_done = decision == InDoubt::done;
    auto entry = entry_of(task, books_);
    entry.kind = "in-doubt";
    entry.statement = static_cast<int>(finished_ + 1);
    entry.details = is_done ? R"({"taken_as": "done"})" : R"({"taken_as": "again"})";
    TRY(session_.connection().simple(ledger::insert_sql(books_.schema, entry)));
    return is_done;
}

base::Status Executor::take_up(const Task& task) {
    const auto key = key_of(task);
    const auto found = std::find_if(under_way_.begin(), under_way_.end(), [&](const ledger::Progress& progress) {
        return progress.domain == key.domain && progress.revision == key.revision &&
               progress.direction == key.direction;
    });
    if (found == under_way_.end()) return base::Done{};
    has_progress_ = true;
    for (const auto& row : found->rows) {
        const bool is_in_file = row.statement == finished_ && finished_ < task.part.statements.size();
        const bool is_same = is_in_file && hash_of(task.part.statements[finished_]) == row.hash;
        const bool is_done = row.state == ledger::ProgressRow::State::done;
        if (is_done && !is_same) {
            return base::Error{.code = "HT0615",
                               .sentence = fmt::format(
                                   "statement {} of revision {} was finished by an earlier run and has changed since",
                                   row.statement + 1, task.revision.text()),
                               .hint = "put the finished statements back as they were; those after them may be mended",
                               .database_state = what_remains(task)};
        }
        if (!is_done) {
            if (!is_same) break;  // mended in the file: what was intended is not wanted any more
            is_unsettled_ = true;
            auto is_finished = took_effect(task, finished_);
            if (!is_finished && is_about_the_effect(is_finished.error()) && in_doubt_) {
                is_finished = take_as(task, *in_doubt_);
            }
            if (!is_finished) {
                auto error = std::move(is_finished).error();
                if (error.database_state.empty()) error.database_state = what_remains(task);
                return error;
            }
            is_unsettled_ = false;
            if (!*is_finished) break;
            TRY(session_.connection().simple(ledger::finish_sql(books_.schema, key, finished_, row.hash)));
        }
        ++finished_;
    }
    tell_({.kind = Event::Kind::resumed, .number = finished_});
    return base::Done{};
}

base::Result<bool> Executor::is_to_be_repeated(const Task& task, std::size_t index,
                                               const connect::ScriptOutcome& outcome, std::size_t attempt) {
    const auto& statement = task.part.statements[index];
    if (outcome.error && needs_new_session(*outcome.error)) {
        auto is_finished = recover_and_ask(task, *outcome.error, [&] { return took_effect(task, index); });
        if (is_finished) return !*is_finished;
        if (!is_about_the_effect(is_finished.error())) return std::move(is_finished).error();
        return stop(task, std::move(is_finished).error(), index + 1);
    }
    if (outcome.error && os::interrupted()) return interrupted(task);  // the next run settles it
    bool has_cleared = false;
    std::string left_behind;
    // Also after success: IF NOT EXISTS skips an index that an earlier build has left invalid.
    if (outcome.error || creates_index(statement)) {
        auto cleared = clear_left_behind(session_.connection(), statement);
        has_cleared = cleared && cleared->has_value();
        if (has_cleared) tell_({.kind = Event::Kind::cleaned, .text = **cleared});
        if (!cleared && !outcome.error) return stop(task, std::move(cleared).error(), index + 1);
        if (!cleared) left_behind = std::move(cleared).error().sentence;
    }
    if (!outcome.error) return has_cleared;
    if (has_cleared && outcome.error->sqlstate == duplicate_table) return true;
    if (has_cleared && statement.facts.detach) return false;  // which is finished by that
    is_unsettled_ = is_unsettled_ || !left_behind.empty();    // the next run clears it away
    const bool may_retry =
        !is_unsettled_ && is_retryable(*outcome.error) && attempt <= static_cast<std::size_t>(limits_.retries);
    if (may_retry && pause_before_retry(attempt, outcome.error->message)) return true;
    Message alone;
    alone.statement(statement, index);
    Refusal refusal{.error = *outcome.error, .place = alone.place(0, outcome.error->position), .has_begun = true};
    if (!left_behind.empty()) refusal.error.context = "what it left behind could not be cleared away: " + left_behind;
    return refused(task, refusal);
}

base::Status Executor::run_alone(const Task& task, std::size_t index, bool commits_itself) {
    const auto& statement = task.part.statements[index];
    const auto key = key_of(task);
    const auto hash = hash_of(statement);
    const auto not_to_be_known = []() -> base::Result<bool> { return false; };
    const auto intending = [&] {
        Message before;
        add_reset(before);
        add_settings(before, limits_, limits_of(statement), session_.connection().server_version(), false);
        add_guard(before, session_.lock(), task, false);
        before.ours(ledger::intend_sql(books_.schema, key, index, hash));
        add_search_path(before, task.domain, false);
        add_earlier_settings(before, task.part, index);
        return before;
    };
    tell_({.kind = Event::Kind::statement, .number = index + 1, .text = statement.facts.kind});
    for (std::size_t attempt = 1;; ++attempt) {
        const auto refusal = TRY(commit(task, intending, not_to_be_known));
        if (refusal) return refused(task, *refusal);
        has_progress_ = true;

        const auto outcome = session_.connection().run_script(statement.sql);
        // What the server refuses leaves nothing, or what is cleared away; what commits by itself, or was broken off,
        // may have done some of its work.
        const bool is_refused = outcome.error && !needs_new_session(*outcome.error);
        is_unsettled_ = commits_itself || !is_refused || (may_leave_something(statement) && os::interrupted());
        if (!TRY(is_to_be_repeated(task, index, outcome, attempt))) break;
        is_unsettled_ = false;
        if (os::interrupted()) return interrupted(task);
    }
    is_unsettled_ = true;  // until it is on record
    const auto finishing = [&] {
        Message after;
        add_own_identity(after);
        after.ours(ledger::finish_sql(books_.schema, key, index, hash));
        return after;
    };
    // An interrupt may cancel work, but not the record of what is done.
    auto on_wait = session_.connection().set_on_wait({});
    const auto refusal = TRY(commit(task, finishing, not_to_be_known));
    if (refusal) return refused(task, *refusal);
    session_.connection().set_on_wait(std::move(on_wait));
    finished_ = index + 1;
    is_unsettled_ = false;
    return base::Done{};
}

}  // namespace haetae::execute
