// SPDX-License-Identifier: Apache-2.0
// A libpq connection as a value that closes itself. The only room that includes libpq-fe.h. Every wait can be watched
// and ended by its caller; server errors become Error with the SQLSTATE, and never hold a password.
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
#include "connect/rows.hpp"
#include "connect/server_error.hpp"
#include "pg/connection_url.hpp"

namespace haetae::connect {

/// The outcome of a message with several statements.
struct ScriptOutcome {
    std::size_t completed = 0;  ///< statements that finished; on failure the failing one is number `completed` (from 0)
    Rows last_rows{};           ///< of the last statement that returned rows
    std::optional<ServerError> error{};
};

struct Notice {
    std::string severity;  ///< "NOTICE", "WARNING" …, never translated
    std::string message;
};

/// What to do about a wait that goes on.
enum class Wait {
    go_on,
    cancel,   ///< ask the server to cancel the statement (at most once a second), and go on waiting for its answer
    abandon,  ///< close the connection: the statement fails with `connection_lost`
};
/// Called about ten times a second while the server is waited for, and at once when a signal interrupts the wait.
/// The argument is how long this wait has lasted. May not use the connection.
using OnWait = std::function<Wait(std::chrono::milliseconds)>;

struct ConnectOptions {
    std::string application_name = "haetae";           ///< unless the URL has its own
    std::chrono::milliseconds connect_timeout{10000};  ///< an address; the URL's own connect_timeout goes first
    std::function<void(const Notice&)> on_notice{};
    /// Whether PG* variables and service files may fill the URL's gaps; false for a server of our own.
    bool use_environment = true;
    OnWait on_wait{};  ///< also while connecting (there `cancel` means `abandon`)
};

using Parameter = std::optional<std::string>;

class Connection {
 public:
    /// Connects, and sets what every session of haetae needs: client_encoding UTF8, keepalives. Hosts, and the
    /// addresses of a host, are tried one after the other, each with its own limit. What PG* variables, a service file
    /// or a password file add to the URL is used and listed in `filled_from_environment()`. Errors: HT0410 cannot be
    /// reached, HT0411 authentication refused or password missing, HT0412 no such database or role, HT0413 too many
    /// connections, HT0414 the server answers but does not let us in (starting up, SSL, pg_hba), HT0635 `on_wait` gave
    /// it up.
    static base::Result<Connection> open(const pg::ConnectionUrl& url, const ConnectOptions& options);

    Connection(Connection&&) noexcept;
    Connection& operator=(Connection&&) noexcept;
    ~Connection();

    /// One statement by the extended protocol, with bound parameters ($1 …). Error: HT0420 with SQLSTATE, HT0421 when
    /// the connection was lost, HT0635 when `on_wait` had it cancelled.
    base::Result<Rows> query(std::string_view sql, std::span<const Parameter> parameters = {});
    /// One or several statements in one simple-protocol message (one round trip). Never an Error: the outcome says it.
    /// COPY FROM STDIN fails with 57014; what COPY TO STDOUT sends is thrown away.
    /// @pre no NUL byte in `sql`.
    ScriptOutcome run_script(std::string_view sql);
    /// run_script for our own texts: an Error where it failed.
    base::Result<Rows> simple(std::string_view sql);

    /// Replaces ConnectOptions::on_wait, and returns the one before; an empty function means: wait for ever.
    OnWait set_on_wait(OnWait on_wait);

    [[nodiscard]] int backend_pid() const;      ///< PQbackendPID; still known after the connection was lost
    [[nodiscard]] int server_version() const;   ///< 150018 for 15.18
    [[nodiscard]] bool in_transaction() const;  ///< open or failed block
    [[nodiscard]] bool alive();                 ///< reads what has arrived; false when the server has hung up
    /// "TLSv1.3 with TLS_AES_256_GCM_SHA384", "GSSAPI"; empty where nothing encrypts the way to the server, or to the
    /// pooler before it.
    [[nodiscard]] std::string encryption() const;
    /// Asks the server to cancel the statement that runs on this connection. May be called from another thread.
    bool cancel();
    /// "PGHOST=db.example.com", "service prod: port=6432", "password from the password file"; a password's value is
    /// "***".
    [[nodiscard]] const std::vector<std::string>& filled_from_environment() const;

 private:
    struct State;
    explicit Connection(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace haetae::connect
