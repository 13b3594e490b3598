// SPDX-License-Identifier: Apache-2.0
// A libpq connection as a value that closes itself. The only room that includes libpq-fe.h. Every wait has a limit;
// server errors become Error with the SQLSTATE, and never hold a password.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "pg/connection_url.hpp"

namespace haetae::connect {

/// A result set, copied out of libpq.
class Rows {
 public:
    Rows() = default;
    Rows(std::size_t columns, std::vector<std::optional<std::string>> cells)
        : columns_(columns), cells_(std::move(cells)) {}
    [[nodiscard]] std::size_t size() const { return columns_ == 0 ? 0 : cells_.size() / columns_; }
    [[nodiscard]] bool empty() const { return size() == 0; }
    /// NULL reads as "".
    [[nodiscard]] const std::string& text(std::size_t row, std::size_t column) const;
    [[nodiscard]] bool is_null(std::size_t row, std::size_t column) const;
    [[nodiscard]] bool is_true(std::size_t row, std::size_t column) const { return text(row, column) == "t"; }

 private:
    std::size_t columns_ = 0;
    std::vector<std::optional<std::string>> cells_;
};

/// What the server said of a failed statement; offsets count characters from 1 in the text that was sent, 0 = none.
struct ServerError {
    std::string sqlstate;
    std::string message;
    std::string detail;
    std::string hint;
    std::string context;
    std::size_t position = 0;
    bool connection_lost = false;
};

/// The outcome of a message with several statements.
struct ScriptOutcome {
    std::size_t completed = 0;  ///< statements that finished; on failure the failing one is number `completed` (from 0)
    Rows last_rows{};           ///< of the last statement that returned rows
    std::optional<ServerError> error{};
};

struct Notice {
    std::string severity;
    std::string message;
};

struct ConnectOptions {
    std::string application_name = "haetae";
    std::chrono::milliseconds connect_timeout{10000};
    std::function<void(const Notice&)> on_notice{};
};

using Parameter = std::optional<std::string>;

class Connection {
 public:
    /// Connects, and sets what every session of haetae needs: client_encoding UTF8, keepalives; variables such as
    /// PGHOST or PGSERVICE do not fill gaps silently: what they added is in `filled_from_environment()`.
    /// Errors: HT0410 cannot be reached, HT0411 password refused or missing, HT0412 no such database or role,
    /// HT0413 too many connections.
    static base::Result<Connection> open(const pg::ConnectionUrl& url, const ConnectOptions& options);

    Connection(Connection&&) noexcept;
    Connection& operator=(Connection&&) noexcept;
    ~Connection();

    /// One statement by the extended protocol, with bound parameters ($1 …). Error: HT0420 with SQLSTATE, or HT0421
    /// when the connection was lost.
    base::Result<Rows> query(std::string_view sql, std::span<const Parameter> parameters = {});
    /// One or several statements in one simple-protocol message (one round trip). Never an Error: the outcome says it.
    ScriptOutcome run_script(std::string_view sql);
    /// run_script for our own texts: an Error where it failed.
    base::Result<Rows> simple(std::string_view sql);

    [[nodiscard]] int backend_pid() const;     ///< PQbackendPID
    [[nodiscard]] int server_version() const;  ///< 150018 for 15.18
    [[nodiscard]] bool in_transaction() const;  ///< open or failed block
    [[nodiscard]] bool alive();                ///< reads what has arrived; false when the server has hung up
    /// Asks the server to cancel the statement that runs on this connection. May be called from a signal thread.
    bool cancel();
    [[nodiscard]] const std::vector<std::string>& filled_from_environment() const;

 private:
    struct State;
    explicit Connection(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// An Error from what the server said (code HT0420, or HT0421 where the connection was lost).
base::Error to_error(const ServerError& error);

}  // namespace haetae::connect
