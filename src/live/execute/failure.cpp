// SPDX-License-Identifier: Apache-2.0
// SQLSTATEs to help lines; statement numbers to lines of the file.
#include "execute/failure.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "os/file.hpp"

namespace haetae::execute {

namespace {

constexpr std::size_t file_bytes_max = 16U * 1024 * 1024;
constexpr std::string_view unique_violation = "23505";
constexpr std::string_view division_by_zero = "22012";
constexpr std::string_view undefined_table = "42P01";

// Manual appendix A, and the places in the server's source that raise them for what a migration does.
std::string help_for(const connect::ServerError& error, std::string_view kind) {
    const auto& state = error.sqlstate;
    if (state == "25001" && kind == "SET") {
        return "take the statement out: haetae's own statements come first in the transaction, and the isolation level "
               "cannot change after them";
    }
    if (state == "25001") {
        return "PostgreSQL runs this statement only outside a transaction: mark the part `-- migrate:up "
               "transaction=off`, or move the statement to a revision of its own";
    }
    if (state == "2D000") {
        return "a COMMIT or ROLLBACK inside a procedure or DO block needs a part marked `-- migrate:up "
               "transaction=off`";
    }
    if (state == "55P04") {
        return "a new enum value can be used only after the transaction that adds it: add the value in one revision, "
               "use it in the next";
    }
    if (state == "55P03") {
        return "the lock was not to be had in time, and the retries ran out: find the session that holds it "
               "(pg_blocking_pids), or raise lock_timeout or retries in haetae.toml";
    }
    if (state == "57014" && error.message.find("statement timeout") != std::string::npos) {
        return "raise statement_timeout in haetae.toml, or divide the statement";
    }
    if (state == "42501") return "the role of this URL lacks a right: `haetae whoami` shows what it may do";
    if (state == "53100") return "the server's disk is full: free space, then run again";
    if (state == "25006") return "the server or the session is read-only: use the primary's URL";
    if (!error.hint.empty()) return error.hint;
    if (state.starts_with("23")) return "mend the rows that are in the way, or the statement, and run again";
    return "mend the statement in the revision's file, and run again";
}

std::optional<base::SourceSpan> span_of(const Task& task, const Message::Place& place) {
    if (place.statement >= task.part.statements.size()) return std::nullopt;
    const auto& statement = task.part.statements[place.statement];
    const auto text = os::read_file(task.path, file_bytes_max);
    const bool is_same = text && text->size() >= statement.offset + statement.sql.size() &&
                         text->compare(statement.offset, statement.sql.size(), statement.sql) == 0;
    if (!is_same) return base::SourceSpan{.file = task.file, .line = statement.line, .column = 0, .line_text = ""};
    return base::span_at(task.file, *text, statement.offset + place.offset);
}

}  // namespace

bool is_retryable(const connect::ServerError& error) {
    return error.sqlstate == "55P03" || error.sqlstate == "40P01" || error.sqlstate == "40001" ||
           (error.sqlstate == "XX000" && error.message.find("concurrently updated") != std::string::npos);
}

bool needs_new_session(const connect::ServerError& error) {
    return error.connection_lost || error.sqlstate == "HT002";
}

base::Error explain_failure(const Task& task, const Refusal& refusal) {
    auto error = refusal.error;
    const auto& place = refusal.place;
    const bool has_begun = refusal.has_begun;
    // A table that is gone holds no row either.
    if (refusal.broken_check && (error.sqlstate == division_by_zero || error.sqlstate == undefined_table)) {
        error = {.sqlstate = "HT004", .message = *refusal.broken_check};
    }
    // Our own statements before the revision's change nothing but the version rows.
    const bool is_version_row =
        error.sqlstate == "HT001" || (!place && !has_begun && error.sqlstate == unique_violation);
    const bool is_known = place && place->statement < task.part.statements.size();
    const auto kind = is_known ? task.part.statements[place->statement].facts.kind : std::string();
    base::Error explained{.code = "HT0610",
                          .sentence = error.message,
                          .hint = help_for(error, kind),
                          .sqlstate = error.sqlstate,
                          .detail = error.detail};
    const bool is_ours = error.sqlstate.starts_with("HT");  // raised by haetae's own checks
    if (is_version_row) {
        explained.code = "HT0606";
        explained.hint =
            "another program has changed the version table during this run; look at `haetae current` and run again";
    } else if (!place && !is_ours) {
        explained.clauses.push_back(has_begun ? "after its last statement: at COMMIT (a deferred constraint or "
                                                "trigger), or when haetae wrote its own rows"
                                              : "before its first statement, when the version row was to change");
    }
    explained.span = place ? span_of(task, *place) : base::SourceSpan{.file = task.file, .line_text = ""};
    if (!error.context.empty() && !is_ours) explained.clauses.push_back(error.context);
    explained.clauses.push_back(fmt::format("in {} of revision {}, domain {}", task.direction_word(),
                                            task.revision.text(), task.domain.name.text()));
    return explained;
}

}  // namespace haetae::execute
