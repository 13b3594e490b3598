// SPDX-License-Identifier: Apache-2.0
// Everything here is non-blocking libpq over poll(): also sending, for a server that stops reading must not hang us.
#include "connect/exchange.hpp"

#include <poll.h>

#include <cerrno>
#include <charconv>
#include <string_view>
#include <utility>

#include "connect/connect_failure.hpp"

namespace haetae::connect {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr milliseconds look_up_every{100};
constexpr milliseconds cancel_again_after{1000};
constexpr std::string_view query_canceled = "57014";

std::string field(const PGresult* result, int code) {
    const char* value = PQresultErrorField(result, code);
    return value == nullptr ? "" : value;
}

ServerError server_error(const PGresult* result) {
    ServerError error{.sqlstate = field(result, PG_DIAG_SQLSTATE),
                      .message = field(result, PG_DIAG_MESSAGE_PRIMARY),
                      .detail = field(result, PG_DIAG_MESSAGE_DETAIL),
                      .hint = field(result, PG_DIAG_MESSAGE_HINT),
                      .context = field(result, PG_DIAG_CONTEXT)};
    if (error.message.empty()) error.message = plain_message(PQresultErrorMessage(result));
    const auto position = field(result, PG_DIAG_STATEMENT_POSITION);
    std::from_chars(position.data(), position.data() + position.size(), error.position);
    return error;
}

Rows copy_rows(const PGresult* result) {
    const int columns = PQnfields(result);
    const int rows = PQntuples(result);
    std::vector<std::optional<std::string>> cells;
    cells.reserve(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            if (PQgetisnull(result, row, column) != 0) {
                cells.emplace_back();
            } else {
                cells.emplace_back(std::string(PQgetvalue(result, row, column),
                                               static_cast<std::size_t>(PQgetlength(result, row, column))));
            }
        }
    }
    return {static_cast<std::size_t>(columns), std::move(cells)};
}

}  // namespace

Watch::Watch(const OnWait& on_wait, milliseconds limit)
    : on_wait_(on_wait), limit_(limit), begin_(steady_clock::now()) {}

Watch::Outcome Watch::wait(int socket, bool for_reading, bool for_writing) {
    const auto events = static_cast<short>((for_reading ? POLLIN : 0) | (for_writing ? POLLOUT : 0));
    while (true) {
        pollfd file{.fd = socket, .events = events, .revents = 0};
        const int count = ::poll(&file, 1, static_cast<int>(look_up_every.count()));
        if (count > 0) return Outcome::ready;
        if (count < 0 && errno != EINTR) return Outcome::abandon;
        const auto waited = std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin_);
        if (limit_.count() > 0 && waited >= limit_) return Outcome::too_late;
        const auto verdict = on_wait_ ? on_wait_(waited) : Wait::go_on;
        if (verdict == Wait::cancel) return Outcome::cancel;
        if (verdict == Wait::abandon) return Outcome::abandon;
    }
}

Exchange::Exchange(PGconn* connection, const OnWait& on_wait, std::function<void()> cancel)
    : connection_(connection), watch_(on_wait, milliseconds(0)), cancel_(std::move(cancel)) {}

void Exchange::note_lost(const char* message) {
    if (!outcome_.error) outcome_.error = ServerError{.message = message};
    outcome_.error->connection_lost = true;
}

bool Exchange::wait(bool for_writing) {
    while (true) {
        switch (watch_.wait(PQsocket(connection_), true, for_writing)) {
            case Watch::Outcome::ready:
                return true;
            case Watch::Outcome::cancel:
                if (steady_clock::now() - last_cancel_ >= cancel_again_after) {
                    cancel_();
                    has_cancelled_ = true;
                    last_cancel_ = steady_clock::now();
                }
                break;
            case Watch::Outcome::abandon:
            case Watch::Outcome::too_late:
                note_lost("the wait for the server's answer was given up");
                return false;
        }
    }
}

bool Exchange::flush() {
    while (true) {
        const int left = PQflush(connection_);
        if (left == 0) return true;
        if (left < 0) return true;  // what the server said before it hung up is still to be read
        if (!wait(true)) return false;
        if (PQconsumeInput(connection_) == 0) return true;
    }
}

bool Exchange::await() {
    while (PQisBusy(connection_) != 0) {
        if (!wait(false)) return false;
        if (PQconsumeInput(connection_) == 0) return true;  // PQgetResult says what happened
    }
    return true;
}

void Exchange::drain_copy() {
    while (true) {
        char* row = nullptr;
        const int length = PQgetCopyData(connection_, &row, 1);
        if (row != nullptr) PQfreemem(row);
        if (length < 0) return;
        if (length == 0 && (!wait(false) || PQconsumeInput(connection_) == 0)) return;
    }
}

void Exchange::take(const PGresult* result) {
    switch (PQresultStatus(result)) {
        case PGRES_TUPLES_OK:
        case PGRES_SINGLE_TUPLE:
            outcome_.last_rows = copy_rows(result);
            // A rule with several SELECTs answers one statement with several results; only the last has its tag.
            if (*PQcmdStatus(const_cast<PGresult*>(result)) != '\0') ++outcome_.completed;
            break;
        case PGRES_COMMAND_OK:
            ++outcome_.completed;
            break;
        case PGRES_COPY_IN:
            PQputCopyEnd(connection_, "COPY FROM STDIN has no data to read here");
            flush();
            break;
        case PGRES_COPY_OUT:
            drain_copy();
            break;
        case PGRES_COPY_BOTH:
            note_lost("the connection turned into a replication stream");
            break;
        case PGRES_BAD_RESPONSE:
        case PGRES_FATAL_ERROR:
            if (!outcome_.error) outcome_.error = server_error(result);
            break;
        case PGRES_EMPTY_QUERY:
        case PGRES_NONFATAL_ERROR:
        case PGRES_PIPELINE_SYNC:
        case PGRES_PIPELINE_ABORTED:
            break;
    }
}

ScriptOutcome Exchange::collect(bool sent) {
    if (connection_ == nullptr) {
        note_lost("the connection was closed before");
        return std::move(outcome_);
    }
    if (!sent) {
        outcome_.error = ServerError{.message = plain_message(PQerrorMessage(connection_))};
        outcome_.error->connection_lost = PQstatus(connection_) != CONNECTION_OK;
        return std::move(outcome_);
    }
    if (!flush()) return std::move(outcome_);
    while (await()) {
        const ResultOwner result(PQgetResult(connection_));
        if (result == nullptr) break;
        take(result.get());
        if (outcome_.error && outcome_.error->connection_lost) break;
    }
    if (PQstatus(connection_) != CONNECTION_OK) note_lost("the server closed the connection");
    if (outcome_.error) outcome_.error->was_interrupted = has_cancelled_ && outcome_.error->sqlstate == query_canceled;
    return std::move(outcome_);
}

}  // namespace haetae::connect
