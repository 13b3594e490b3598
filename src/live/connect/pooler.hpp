// SPDX-License-Identifier: Apache-2.0
// Whether a session has a server process of its own: asked by what a pooler cannot hide, the server's own number for
// the process behind a session, and by two sessions at once. Leaves nothing behind in the pool.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "connect/connection.hpp"
#include "pg/pooling.hpp"

namespace haetae::connect {

struct PoolerProbe {
    std::function<base::Result<Connection>()> open;  ///< another session, opened as the first one was
    std::chrono::milliseconds limit{10000};          ///< for each answer
    bool is_suspected = false;  ///< also where libpq's number for the process is the server's: the URL gives a reason
};

/// One question on a direct connection. Where libpq was told another number than the server's own, or where it is
/// suspected: up to 16 rounds with a second session each, fewer when they take long, and the first sign of sharing ends
/// them. A transaction pooler under load or quiet, with one slot or many, shows nearly always in the first round.
/// @pre `first` is outside a transaction. Afterwards it has no watcher; after an error it may be closed.
/// Errors: HT0761 no answer within the limit, the pooler dropped a session, or it gave no second one; those of `open`.
base::Result<pg::PoolingVerdict> probe_pooling(Connection& first, const PoolerProbe& probe);

/// HT0760 where server processes are shared: locks and settings of a session mean nothing there.
base::Status require_own_process(const pg::PoolingVerdict& verdict, const std::string& remedy = "");

/// Settings that the `options` of a URL ask for (`-c name=value`, `--name=value`), with their values.
struct AskedSetting {
    std::string name;
    std::string value;
};
std::vector<AskedSetting> asked_settings(std::string_view options);

/// HT0762 where the server does not know of one of them: PgBouncer drops `options` in silence when its operator says so
/// (ignore_startup_parameters).
base::Status require_settings(Connection& connection, const std::vector<AskedSetting>& asked);

}  // namespace haetae::connect
