// SPDX-License-Identifier: Apache-2.0
// Opening, and the plain calls; the conversation itself is in exchange.cpp.
#include "connect/connection.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <mutex>
#include <utility>

#include "connect/connect_failure.hpp"
#include "connect/endpoints.hpp"
#include "connect/exchange.hpp"
#include "connect/gaps.hpp"

namespace haetae::connect {

using std::chrono::milliseconds;

namespace {

struct FinishConnection {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
using ConnectionOwner = std::unique_ptr<PGconn, FinishConnection>;

struct FreeCancel {
    void operator()(PGcancel* cancel) const { PQfreeCancel(cancel); }
};

}  // namespace

// libpq keeps a pointer to it (the notice receiver's argument), so it never moves.
struct Connection::State {
    ConnectionOwner connection;
    ConnectOptions options;
    std::vector<std::string> added{};
    int backend_pid = 0;  // both outlive a lost connection, for the messages that speak of it
    int server_version = 0;
    std::unique_ptr<PGcancel, FreeCancel> cancel;
    std::mutex cancel_guard;

    /// One attempt at one address.
    base::Status connect(const pg::ConnectionUrl& url);
    ScriptOutcome collect(bool sent);
    bool send_cancel();
};

namespace {

std::string place(const pg::ConnectionUrl& url) {
    auto host = url.value("host");
    if (host.empty()) host = url.value("hostaddr");
    if (host.empty()) return "the server on the local socket";
    const auto port = url.value("port");
    return fmt::format("{}:{}", host, port.empty() ? "5432" : port);
}

// Seconds, as libpq takes them: 0 or nothing = our own limit.
milliseconds connect_limit(const pg::ConnectionUrl& url, const ConnectOptions& options) {
    const auto text = url.value("connect_timeout");
    long seconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    return seconds > 0 ? milliseconds(seconds * 1000) : options.connect_timeout;
}

void receive_notice(void* options, const PGresult* result) {
    const auto& on_notice = static_cast<ConnectOptions*>(options)->on_notice;
    const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (!on_notice || message == nullptr) return;
    const char* severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    on_notice({.severity = severity == nullptr ? "NOTICE" : severity, .message = message});
}

ConnectionOwner begin(const pg::ConnectionUrl& url, const ConnectOptions& options) {
    std::vector<const char*> keywords{"fallback_application_name", "keepalives_idle", "keepalives_interval",
                                      "keepalives_count", "tcp_user_timeout"};
    // A server that vanished is noticed after a minute, also while we only wait for a long statement.
    std::vector<const char*> values{options.application_name.c_str(), "30", "10", "3", "60000"};
    for (const auto& [keyword, value] : url.keywords()) {
        if (keyword == "client_encoding" || keyword == "fallback_application_name" || value.empty()) continue;
        keywords.push_back(keyword.c_str());
        values.push_back(value.c_str());
    }
    if (url.value("application_name").empty()) {
        keywords.push_back("application_name");
        values.push_back(options.application_name.c_str());
    }
    keywords.push_back("client_encoding");
    values.push_back("UTF8");
    keywords.push_back(nullptr);
    values.push_back(nullptr);
    return ConnectionOwner(PQconnectStartParams(keywords.data(), values.data(), 0));
}

}  // namespace

base::Status Connection::State::connect(const pg::ConnectionUrl& url) {
    // A service named in the URL is read by libpq, and variables fill what it leaves open.
    const bool libpq_fills = options.use_environment && !url.value("service").empty();
    std::optional<EnvironmentSetAside> aside;
    if (!libpq_fills) aside.emplace(!options.use_environment);
    connection = begin(url, options);
    BUG_IF(connection == nullptr, "libpq has no memory for a connection");
    PGconn* const raw = connection.get();
    PQsetErrorVerbosity(raw, PQERRORS_VERBOSE);
    PQsetNoticeReceiver(raw, receive_notice, &options);

    const auto limit = connect_limit(url, options);
    Watch watch(options.on_wait, limit);
    auto step = PQstatus(raw) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
    while (step == PGRES_POLLING_READING || step == PGRES_POLLING_WRITING) {
        const auto outcome = watch.wait(PQsocket(raw), step == PGRES_POLLING_READING, step == PGRES_POLLING_WRITING);
        if (outcome == Watch::Outcome::too_late) {
            return to_error(
                {.message = fmt::format("no answer within {} s", std::max<milliseconds::rep>(1, limit.count() / 1000))},
                place(url));
        }
        if (outcome != Watch::Outcome::ready) {
            return base::Error{.code = "HT0635",
                               .sentence = fmt::format("interrupted while connecting to {}", place(url)),
                               .hint = "run the command again"};
        }
        step = PQconnectPoll(raw);
    }
    if (step != PGRES_POLLING_OK) {
        return to_error({.message = PQerrorMessage(raw), .needs_password = PQconnectionNeedsPassword(raw) != 0},
                        place(url));
    }
    PQsetErrorVerbosity(raw, PQERRORS_DEFAULT);
    PQsetnonblocking(raw, 1);
    cancel.reset(PQgetCancel(raw));
    return base::Done{};
}

ScriptOutcome Connection::State::collect(bool sent) {
    Exchange exchange(connection.get(), options.on_wait, [this] { send_cancel(); });
    auto outcome = exchange.collect(sent);
    // Given up half-way: what still arrives belongs to nobody, so the session must not be used again.
    if (outcome.error && outcome.error->connection_lost) {
        const std::lock_guard lock(cancel_guard);
        cancel.reset();
        connection.reset();
    }
    return outcome;
}

bool Connection::State::send_cancel() {
    const std::lock_guard lock(cancel_guard);
    std::array<char, 256> ignored{};
    return cancel != nullptr && PQcancel(cancel.get(), ignored.data(), static_cast<int>(ignored.size())) != 0;
}

base::Result<Connection> Connection::open(const pg::ConnectionUrl& url, const ConnectOptions& options) {
    auto filled = options.use_environment ? fill_gaps(url) : FilledUrl{.url = url};
    auto state = std::make_unique<State>();
    state->options = options;
    std::optional<base::Error> failure;
    for (const auto& endpoint : endpoints(filled.url)) {
        auto status = state->connect(endpoint);
        if (status) {
            failure.reset();
            break;
        }
        // The first address that has a server behind it knows best what is wrong; silence says little.
        const bool is_interrupted = status.error().code == "HT0635";
        if (!failure || failure->code == "HT0410" || is_interrupted) failure = std::move(status).error();
        // A wrong password is wrong everywhere, and repeating it may lock the role out: as libpq does.
        if (failure->code == "HT0411" || failure->code == "HT0412" || failure->code == "HT0635") break;
    }
    if (failure) return *failure;

    PGconn* const raw = state->connection.get();
    state->backend_pid = PQbackendPID(raw);
    state->server_version = PQserverVersion(raw);
    state->added = std::move(filled.added);
    for (auto& origin : trace_gaps(filled.url, raw)) state->added.push_back(std::move(origin));
    if (PQconnectionUsedPassword(raw) != 0 && filled.url.value("password").empty() && url.value("service").empty()) {
        state->added.push_back("password from the password file");
    }
    return Connection(std::move(state));
}

Connection::Connection(std::unique_ptr<State> state) : state_(std::move(state)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

base::Result<Rows> Connection::query(std::string_view sql, std::span<const Parameter> parameters) {
    BUG_IF(sql.find('\0') != std::string_view::npos, "a statement of ours holds a NUL byte");
    std::vector<const char*> values;
    for (const auto& parameter : parameters) {
        if (parameter && parameter->find('\0') != std::string::npos) {
            return base::Error{.code = "HT0420",
                               .sentence = "a value holds a NUL byte, which no PostgreSQL text can hold",
                               .sqlstate = "22021"};
        }
        values.push_back(parameter ? parameter->c_str() : nullptr);
    }
    const std::string text(sql);
    PGconn* const raw = state_->connection.get();
    const bool sent = PQsendQueryParams(raw, text.c_str(), static_cast<int>(values.size()), nullptr, values.data(),
                                        nullptr, nullptr, 0) != 0;
    auto outcome = state_->collect(sent);
    if (outcome.error) return to_error(*outcome.error);
    return std::move(outcome.last_rows);
}

ScriptOutcome Connection::run_script(std::string_view sql) {
    BUG_IF(sql.find('\0') != std::string_view::npos, "a script with a NUL byte was to be sent");
    const std::string text(sql);
    return state_->collect(PQsendQuery(state_->connection.get(), text.c_str()) != 0);
}

base::Result<Rows> Connection::simple(std::string_view sql) {
    auto outcome = run_script(sql);
    if (outcome.error) return to_error(*outcome.error);
    return std::move(outcome.last_rows);
}

OnWait Connection::set_on_wait(OnWait on_wait) {
    return std::exchange(state_->options.on_wait, std::move(on_wait));
}

int Connection::backend_pid() const {
    return state_->backend_pid;
}

int Connection::server_version() const {
    return state_->server_version;
}

bool Connection::in_transaction() const {
    const auto status = PQtransactionStatus(state_->connection.get());
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

bool Connection::alive() {
    PGconn* const raw = state_->connection.get();
    return PQconsumeInput(raw) != 0 && PQstatus(raw) == CONNECTION_OK;
}

std::string Connection::encryption() const {
    PGconn* const raw = state_->connection.get();
    if (PQgssEncInUse(raw) != 0) return "GSSAPI";
    const char* protocol = PQsslInUse(raw) != 0 ? PQsslAttribute(raw, "protocol") : nullptr;
    const char* cipher = protocol != nullptr ? PQsslAttribute(raw, "cipher") : nullptr;
    return cipher == nullptr ? std::string() : fmt::format("{} with {}", protocol, cipher);
}

bool Connection::cancel() {
    return state_->send_cancel();
}

const std::vector<std::string>& Connection::filled_from_environment() const {
    return state_->added;
}

}  // namespace haetae::connect
