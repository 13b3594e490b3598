// SPDX-License-Identifier: Apache-2.0
// One database of a throw-away server, with the session that moves it and the revisions that are applied in it. They
// run as `upgrade` and `downgrade` run them: books, version rows, search_path and segments included.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "connect/connection.hpp"
#include "execute/bookkeeping.hpp"
#include "execute/session.hpp"
#include "graph/node_set.hpp"
#include "pg/connection_url.hpp"
#include "plan/plan.hpp"
#include "plan/version_rows.hpp"
#include "replay/history.hpp"

namespace haetae::replay {

/// The server is ours: no PG* variable has a say. An interrupt cancels what runs.
base::Result<connect::Connection> open_own(const pg::ConnectionUrl& url, std::string_view application_name = "haetae");

class Database {
 public:
    /// Gives an empty database books and version tables. Errors: HT0420, HT0421.
    static base::Status prepare(const pg::ConnectionUrl& url, const History& history);

    /// Opens a prepared database whose rows are those of `rows`. `history` outlives it. Errors: HT041x, HT0420, HT0421.
    static base::Result<Database> open(pg::ConnectionUrl url, const History& history, plan::VersionTables rows);

    /// Applies `node`, or undoes it; what it stands on is applied, what stands on it is not. Returns the time it took.
    /// Errors: those of read_task and of Executor::run, as `explain` gives them.
    base::Result<std::chrono::microseconds> run(graph::Node node, plan::Direction direction);

    [[nodiscard]] const pg::ConnectionUrl& url() const { return url_; }
    [[nodiscard]] const plan::VersionTables& rows() const { return rows_; }
    [[nodiscard]] connect::Connection& connection() { return session_->connection(); }

 private:
    Database(pg::ConnectionUrl url, const History& history, plan::VersionTables rows)
        : url_(std::move(url)), history_(&history), rows_(std::move(rows)) {}

    pg::ConnectionUrl url_;
    const History* history_;
    plan::VersionTables rows_;
    std::unique_ptr<execute::Session> session_{};
    execute::Books books_{};
};

}  // namespace haetae::replay
