// SPDX-License-Identifier: Apache-2.0
// A history that holds every kind of revision (concurrent builds, blocks that commit, statements alone, data that must
// not be changed twice, two domains), the program itself, and what must hold after any crash.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "kit/crashing_server.hpp"
#include "kit/environment_guard.hpp"
#include "kit/project_folder.hpp"

namespace haetae::kit {

class CrashTest : public testing::Test {
 protected:
    /// `program`: the haetae that is run.
    explicit CrashTest(std::string program);
    void new_database() { url_ = server.new_database(); }

    [[nodiscard]] std::string url_text() const;
    [[nodiscard]] os::Child start_upgrade(const std::string& url) const;
    [[nodiscard]] std::string cell(const std::string& sql) const;
    /// What is started by start_upgrade writes to `output` of the project's folder.
    [[nodiscard]] std::string output() const;
    /// Upgrades until all is applied. A block that commits by itself may not be repeated unseen: where it is in doubt
    /// the user says that this one may.
    void finish(const std::string& when);
    /// Everything that must hold once the history is applied, whatever happened on the way.
    void expect_applied(const std::string& when) const;
    /// Between runs: a row stands for exactly the revisions whose "done" is in the ledger.
    void expect_agreement(const std::string& when) const;

    EnvironmentGuard environment;
    CrashingServer server;
    pg::ConnectionUrl url_;
    ProjectFolder project;
    int in_doubt = 0;  ///< how often the user had to say
};

}  // namespace haetae::kit
