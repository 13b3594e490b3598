// SPDX-License-Identifier: Apache-2.0
// A project's history, up to any set of revisions, in a database of a throw-away server. What was replayed once is kept
// as a template while the process lives: going there again is a copy, going on from there runs only what is new.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "graph/node_set.hpp"
#include "replay/database.hpp"
#include "replay/history.hpp"
#include "replay/surroundings.hpp"
#include "sandbox/cluster.hpp"

namespace haetae::replay {

class Replay {
 public:
    /// Starts a server. Errors: those of Cluster::start and Database::prepare.
    static base::Result<Replay> start(History history);

    /// Makes the current database one where exactly `applied`, which holds with a revision all that it stands on, is
    /// applied. Whatever the current one had become is thrown away. A copy of the new state is kept where that pays.
    /// Error: HT0670 a revision fails, unless `explain` knows better (HT0671 to HT0674).
    base::Status go_to(const graph::NodeSet& applied);

    /// Runs one revision in the current database. After an error the database is as before, or there is none any more:
    /// see `stands`. Errors: those of Database::run.
    base::Result<std::chrono::microseconds> run(graph::Node node, plan::Direction direction);

    /// Gives up what is kept, so that no copy holds on to roles that a revision is to drop.
    base::Status forget_copies();

    /// Is there a current database? Not before the first go_to, nor after a revision that failed part-way.
    [[nodiscard]] bool stands() const { return current_.has_value(); }
    [[nodiscard]] const graph::NodeSet& applied() const { return current_->database.rows().applied(); }
    [[nodiscard]] connect::Connection& connection() { return current_->database.connection(); }
    [[nodiscard]] const pg::ConnectionUrl& url() const { return current_->database.url(); }
    [[nodiscard]] const History& history() const { return *history_; }
    base::Result<Surroundings> surroundings();

    /// How many revisions ran in go_to, and how many it took from copies.
    struct Effort {
        std::size_t ran = 0;
        std::size_t copied = 0;
    };
    [[nodiscard]] const Effort& effort() const { return effort_; }

 private:
    /// A database that nobody is connected to, and what the server was like when it was kept.
    struct Kept {
        std::string name;
        plan::VersionTables rows;
        std::vector<std::string> server;
    };
    struct Current {
        std::string name;
        Database database;
    };

    explicit Replay(std::unique_ptr<History> history) : history_(std::move(history)) {}
    base::Status begin_anew();
    base::Status copy(const Kept& from);
    base::Status drop_current();
    base::Status drop(const std::string& name);
    base::Status keep_current();
    base::Result<const Kept*> nearest(const graph::NodeSet& applied);
    [[nodiscard]] pg::ConnectionUrl url_of(const std::string& name) const;
    std::string new_name() { return "haetae_" + std::to_string(++names_); }

    std::unique_ptr<History> history_;
    std::optional<sandbox::Cluster> cluster_{};
    std::optional<connect::Connection> admin_{};  ///< to database postgres
    std::vector<Kept> kept_{};                    ///< the first one has nothing applied
    std::vector<std::string> first_database_{};   ///< the surroundings of a copy that no revision has changed
    std::optional<Current> current_{};
    Effort effort_{};
    int names_ = 0;
};

}  // namespace haetae::replay
