// SPDX-License-Identifier: Apache-2.0
// A real server for live tests: one throw-away cluster for the whole test program, a fresh database for each test. A
// machine without PostgreSQL's programs fails these tests; it does not skip them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "connect/connection.hpp"
#include "kit/environment_guard.hpp"
#include "pg/connection_url.hpp"
#include "sandbox/cluster.hpp"

namespace haetae::kit {

/// The cluster of this test program, started at the first call; it ends with the program. Not for tests that stop it or
/// change what all of its databases share: they start a Cluster of their own.
sandbox::Cluster& shared_cluster();

/// Makes a database with a name of its own in the shared cluster. `options` follow CREATE DATABASE name.
pg::ConnectionUrl new_database(std::string_view options = "");

/// Connects, or fails the test and throws.
connect::Connection connect_to(const pg::ConnectionUrl& url, const connect::ConnectOptions& options = {});

/// The first cell of what `sql` returns, "" for no row; a failure of the statement fails the test.
std::string first_cell(connect::Connection& connection, std::string_view sql);

class SandboxTest : public testing::Test {
 protected:
    void SetUp() override { url_ = new_database(); }
    [[nodiscard]] const pg::ConnectionUrl& url() const { return url_; }  ///< of this test's own database, as superuser
    [[nodiscard]] connect::Connection connection() const { return connect_to(url_); }

    EnvironmentGuard environment;

 private:
    pg::ConnectionUrl url_;
};

}  // namespace haetae::kit
