// SPDX-License-Identifier: Apache-2.0
// The program itself on a history of every kind, up and down again, and what must hold after any crash.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "connect/connection.hpp"
#include "kit/crash_history.hpp"
#include "kit/crashing_server.hpp"
#include "kit/environment_guard.hpp"
#include "kit/project_folder.hpp"

namespace haetae::kit {

class CrashTest : public testing::Test {
 protected:
    enum class Way { up, down };

    /// `program`: the haetae that is run.
    explicit CrashTest(std::string program);
    void new_database() { url_ = server.new_database(); }

    [[nodiscard]] std::string url_text() const;
    [[nodiscard]] os::Child start(Way way, const std::string& url) const;
    [[nodiscard]] os::Child start_upgrade(const std::string& url) const { return start(Way::up, url); }
    [[nodiscard]] std::string cell(const std::string& sql) const;
    /// What is started by `start` writes to `output` of the project's folder.
    [[nodiscard]] std::string output() const;
    /// Runs until all is applied, or undone. A block that commits by itself may not be repeated unseen: where it is in
    /// doubt the user says that this one may.
    void finish(const std::string& when, Way way = Way::up);
    /// Everything that must hold once the history is applied for the first time, whatever happened on the way.
    void expect_applied(const std::string& when) const;
    /// As expect_applied, once it is undone.
    void expect_undone(const std::string& when) const;
    /// Between runs, and while what a killed one had sent still runs: version rows, ledger, progress, data and indexes
    /// tell one story, and no revision is called whole that is not.
    void expect_agreement(const std::string& when) const;

    EnvironmentGuard environment;
    CrashingServer server;
    pg::ConnectionUrl url_;
    ProjectFolder project;
    int in_doubt = 0;  ///< how often the user had to say

 private:
    void expect_agreement_of(const std::string& domain, connect::Connection& look, const std::string& when) const;
    void expect_whole(const std::string& when, const std::string& ledger, const std::string& users,
                      const std::string& game) const;
};

}  // namespace haetae::kit
