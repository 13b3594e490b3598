// SPDX-License-Identifier: Apache-2.0
// A database with books and one domain, and a session that holds the migrator lock: what a test of the executor needs
// before it can run its first revision.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "execute/executor.hpp"
#include "execute/session.hpp"
#include "execute/task.hpp"
#include "kit/sandbox_fixture.hpp"
#include "ledger/ledger.hpp"

namespace haetae::kit {

/// The task of a revision of `domain` whose part is `body`. An empty `from` is a base. `options` follow the marker:
/// " transaction=off".
execute::Task task_of(const settings::Domain& domain, const std::string& from, const std::string& id,
                      const std::string& body, const std::string& options = "");

class RunTest : public SandboxTest {
 protected:
    void SetUp() override;
    /// Opens the session where there is none, and runs; events are kept in `events`.
    base::Status run(const execute::Task& task);
    /// Revisions that follow each other: from the last one run, however it ended well.
    base::Status run(const std::string& id, const std::string& body, const std::string& options = "");
    /// As a later process would: gives the lock back, opens a new session, reads what is under way.
    void begin_anew();
    /// A first cell, from a connection of its own.
    std::string cell(std::string_view sql) const;
    std::string rows() const;      ///< of the version table, comma separated
    std::string progress() const;  ///< "revision/statement=state …"
    std::string ledger() const;    ///< "revision:direction:outcome …", revisions only
    std::size_t count_of(execute::Event::Kind kind) const;

    settings::Domain domain{.name = graph::DomainName("game"),
                            .folder = "migrations/game",
                            .schema = "game",
                            .version_schema = "game",
                            .search_path = "game"};
    settings::Limits limits{.migrator_wait = std::chrono::milliseconds(10000)};
    pg::ConnectionUrl session_url;  ///< for the session; the test's own database unless set otherwise
    std::optional<execute::Session> session;
    std::unique_ptr<execute::Executor> executor;
    std::vector<execute::Event> events;
    std::function<void(const execute::Event&)> on_event;
    std::optional<execute::InDoubt> in_doubt;  ///< counts from the next begin on
    std::string head;

 private:
    void begin();
};

}  // namespace haetae::kit
