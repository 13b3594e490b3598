// SPDX-License-Identifier: Apache-2.0
// One conversation with the server after the connection stands: send, wait where the caller can watch, collect what
// comes back. A COPY in either direction ends by itself.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <memory>

#include "connect/connection.hpp"

namespace haetae::connect {

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultOwner = std::unique_ptr<PGresult, ClearResult>;

/// Waits until `socket` can be read (or written) or the watcher says otherwise. Restarts after signals.
class Watch {
 public:
    Watch(const OnWait& on_wait, std::chrono::milliseconds limit);  ///< limit 0 = none
    enum class Outcome { ready, cancel, abandon, too_late };
    Outcome wait(int socket, bool for_reading, bool for_writing);

 private:
    const OnWait& on_wait_;
    std::chrono::milliseconds limit_;
    std::chrono::steady_clock::time_point begin_;
};

class Exchange {
 public:
    /// `cancel` is called when the watcher wants the statement cancelled.
    Exchange(PGconn* connection, const OnWait& on_wait, std::function<void()> cancel);

    /// Collects after a successful PQsendQuery or PQsendQueryParams. `sent` tells whether that call succeeded.
    ScriptOutcome collect(bool sent);

 private:
    bool flush();
    bool await();  ///< until PQgetResult would not block
    bool wait(bool for_writing);
    void drain_copy();
    void note_lost(const char* message);
    void take(const PGresult* result);

    PGconn* connection_;
    Watch watch_;
    std::function<void()> cancel_;
    std::chrono::steady_clock::time_point last_cancel_{};
    bool has_cancelled_ = false;
    ScriptOutcome outcome_;
};

}  // namespace haetae::connect
