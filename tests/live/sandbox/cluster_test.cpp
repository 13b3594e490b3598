// SPDX-License-Identifier: Apache-2.0
// A throw-away cluster: up in a moment, private, and gone with its owner however that ends.
#include "sandbox/cluster.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <string>

#include "kit/sandbox_fixture.hpp"

namespace haetae::sandbox {
namespace {

TEST(Cluster, answers_as_superuser_in_utf8_with_settings_of_a_throw_away_server) {
    const kit::EnvironmentGuard environment;
    auto cluster = Cluster::start();
    ASSERT_TRUE(cluster) << cluster.error().sentence << cluster.error().hint;
    auto connection = kit::connect_to(cluster->url());
    EXPECT_EQ(kit::first_cell(connection, "SELECT current_user"), "postgres");
    EXPECT_EQ(kit::first_cell(connection, "SHOW server_encoding"), "UTF8");
    EXPECT_EQ(kit::first_cell(connection, "SHOW fsync"), "off");
    EXPECT_EQ(kit::first_cell(connection, "SHOW listen_addresses"), "");
    EXPECT_EQ(kit::first_cell(connection, "SHOW unix_socket_permissions"), "0700");
    EXPECT_EQ(kit::first_cell(connection, "SELECT lower('ÄÖ')"), "äö");
}

}  // namespace
}  // namespace haetae::sandbox
