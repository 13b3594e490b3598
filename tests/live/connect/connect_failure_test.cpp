// SPDX-License-Identifier: Apache-2.0
// Each way a connection does not come about has its code, and no message holds the password.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "connect/connection.hpp"
#include "kit/eventually.hpp"
#include "kit/sandbox_fixture.hpp"
#include "os/temp_dir.hpp"

namespace haetae::connect {
namespace {

using std::chrono::milliseconds;

base::Error failure_of(const pg::ConnectionUrl& url, const ConnectOptions& options = {}) {
    const auto connection = Connection::open(url, options);
    if (connection) return {.code = "connected", .sentence = url.shown()};
    return connection.error();
}

pg::ConnectionUrl url_of(const std::string& text) {
    auto url = pg::ConnectionUrl::parse(text);
    if (!url) throw std::runtime_error(url.error().sentence);
    return *url;
}

/// A port of this machine: one that nobody listens on, or one whose listener takes connections and says nothing.
class Port {
 public:
    explicit Port(bool listening) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const any = reinterpret_cast<sockaddr*>(&address);
        if (::bind(socket_, any, size) != 0 || ::getsockname(socket_, any, &size) != 0) ::abort();
        number_ = ntohs(address.sin_port);
        if (listening && ::listen(socket_, 8) != 0) ::abort();
    }
    Port(const Port&) = delete;
    Port& operator=(const Port&) = delete;
    ~Port() { ::close(socket_); }
    [[nodiscard]] int number() const { return number_; }

 private:
    int socket_;
    int number_ = 0;
};

using ConnectFailureTest = kit::SandboxTest;

TEST_F(ConnectFailureTest, nobody_listens) {
    const Port port(false);
    const auto error = failure_of(url_of(fmt::format("postgresql://me:hunter2@127.0.0.1:{}/game", port.number())));
    EXPECT_EQ(error.code, "HT0410");
    EXPECT_NE(error.sentence.find(fmt::format("127.0.0.1:{}", port.number())), std::string::npos) << error.sentence;
    EXPECT_EQ(error.sentence.find("hunter2"), std::string::npos);
    EXPECT_EQ(error.sentence.find('\n'), std::string::npos);
}

TEST_F(ConnectFailureTest, no_socket_file) {
    const auto error = failure_of(url().with("host", "/nonexistent"));
    EXPECT_EQ(error.code, "HT0410");
}

TEST_F(ConnectFailureTest, a_server_that_says_nothing_is_given_up_within_the_limit) {
    const Port port(true);
    const auto url = url_of(fmt::format("postgresql://me@127.0.0.1:{}/game", port.number()));
    const auto begin = std::chrono::steady_clock::now();
    const auto error = failure_of(url, {.connect_timeout = milliseconds(300)});
    EXPECT_EQ(error.code, "HT0410");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST_F(ConnectFailureTest, a_host_that_says_nothing_does_not_keep_us_from_the_next) {
    const Port silent(true);
    const auto two =
        url().with("host", "127.0.0.1," + url().value("host")).with("port", fmt::format("{},5432", silent.number()));
    auto connection = Connection::open(two, {.connect_timeout = milliseconds(300)});
    ASSERT_TRUE(connection) << connection.error().sentence;
    EXPECT_EQ(kit::first_cell(*connection, "SELECT 1"), "1");
}

TEST_F(ConnectFailureTest, connecting_can_be_interrupted) {
    const Port port(true);
    const auto error = failure_of(
        url_of(fmt::format("postgresql://me@127.0.0.1:{}/game", port.number())),
        {.connect_timeout = std::chrono::seconds(600), .on_wait = [](milliseconds) { return Wait::abandon; }});
    EXPECT_EQ(error.code, "HT0635");
    EXPECT_NE(error.sentence.find("interrupted while connecting"), std::string::npos) << error.sentence;
}

TEST_F(ConnectFailureTest, no_such_database_and_no_such_role) {
    const auto database = failure_of(url().with("dbname", "no_such"));
    EXPECT_EQ(database.code, "HT0412");
    EXPECT_EQ(database.sqlstate, "3D000");
    EXPECT_NE(database.sentence.find("\"no_such\" does not exist"), std::string::npos) << database.sentence;
    EXPECT_EQ(database.sentence.find("3D000"), std::string::npos);
    EXPECT_EQ(database.sentence.find("LOCATION"), std::string::npos);
    EXPECT_EQ(failure_of(url().with("user", "no_such")).code, "HT0412");
}

TEST_F(ConnectFailureTest, a_role_with_no_connection_left) {
    auto connection = this->connection();
    kit::first_cell(connection, "DROP ROLE IF EXISTS crowded; CREATE ROLE crowded LOGIN CONNECTION LIMIT 0");
    const auto error = failure_of(url().with("user", "crowded"));
    EXPECT_EQ(error.code, "HT0413");
    EXPECT_EQ(error.sqlstate, "53300");
}

TEST_F(ConnectFailureTest, target_session_attrs_that_no_server_meets) {
    const auto error = failure_of(url().with("target_session_attrs", "standby"));
    EXPECT_EQ(error.code, "HT0414") << error.sentence;
}

/// A server that asks for passwords, and has no rule for the role `stranger`.
class PasswordTest : public testing::Test {
 protected:
    void SetUp() override {
        auto cluster = sandbox::Cluster::start();
        ASSERT_TRUE(cluster) << cluster.error().sentence;
        cluster_ = std::make_unique<sandbox::Cluster>(std::move(*cluster));
        auto connection = kit::connect_to(cluster_->url());
        kit::first_cell(connection,
                        "CREATE ROLE me LOGIN PASSWORD 'hunter2'; CREATE ROLE stranger LOGIN;"
                        "CREATE ROLE locked NOLOGIN PASSWORD 'hunter2'");
        std::ofstream(cluster_->data_folder() + "/pg_hba.conf")
            << "local all postgres trust\nlocal all me scram-sha-256\nlocal all locked trust\n";
        kit::first_cell(connection, "SELECT pg_reload_conf()");
        // The reload is a signal: it has happened when the new file's rules can be seen.
        ASSERT_TRUE(
            kit::eventually([&] { return failure_of(cluster_->url().with("user", "stranger")).code != "connected"; }));
    }
    [[nodiscard]] pg::ConnectionUrl me() const { return cluster_->url().with("user", "me"); }

    kit::EnvironmentGuard environment_;
    std::unique_ptr<sandbox::Cluster> cluster_;
};

TEST_F(PasswordTest, right_wrong_missing_and_no_rule_at_all) {
    EXPECT_EQ(failure_of(me().with("password", "hunter2")).code, "connected");

    const auto wrong = failure_of(me().with("password", "hunter3"));
    EXPECT_EQ(wrong.code, "HT0411");
    EXPECT_EQ(wrong.sqlstate, "28P01");
    EXPECT_EQ(wrong.sentence.find("hunter"), std::string::npos) << wrong.sentence;

    environment_.set("PGPASSFILE", "/nonexistent");
    EXPECT_EQ(failure_of(me()).code, "HT0411");

    const auto no_rule = failure_of(cluster_->url().with("user", "stranger"));
    EXPECT_EQ(no_rule.code, "HT0414");
    EXPECT_EQ(no_rule.sqlstate, "28000");

    EXPECT_EQ(failure_of(cluster_->url().with("user", "locked")).code, "HT0412");
}

TEST_F(PasswordTest, a_password_of_the_password_file_is_told) {
    auto folder = os::TempDir::make();
    ASSERT_TRUE(folder);
    const auto file = folder->path() + "/pgpass";
    std::ofstream(file) << "*:*:*:me:hunter2\n";
    ::chmod(file.c_str(), 0600);
    environment_.set("PGPASSFILE", file);
    const auto connection = Connection::open(me(), {});
    ASSERT_TRUE(connection) << connection.error().sentence;
    const std::vector<std::string> expected{"PGPASSFILE=" + file, "password from the password file"};
    EXPECT_EQ(connection->filled_from_environment(), expected);
}

TEST_F(PasswordTest, a_service_in_the_url_is_told_value_by_value) {
    auto folder = os::TempDir::make();
    ASSERT_TRUE(folder);
    const auto file = folder->path() + "/services";
    std::ofstream(file) << "[mine]\nhost=" << cluster_->url().value("host") << "\nuser=me\npassword=hunter2\n";
    environment_.set("PGSERVICEFILE", file);
    const auto connection = Connection::open(url_of("service=mine dbname=postgres"), {});
    ASSERT_TRUE(connection) << connection.error().sentence;
    const std::vector<std::string> expected{"service mine: user=me", "service mine: password=***",
                                            "service mine: host=" + cluster_->url().value("host")};
    EXPECT_EQ(connection->filled_from_environment(), expected);
}

TEST_F(PasswordTest, a_server_that_is_killed_under_a_statement_is_a_lost_connection) {
    auto connection = kit::connect_to(cluster_->url());
    connection.set_on_wait([&](milliseconds) {
        ::kill(cluster_->postmaster_pid(), SIGQUIT);
        return Wait::go_on;
    });
    const auto outcome = connection.run_script("SELECT pg_sleep(60)");
    ASSERT_TRUE(outcome.error);
    EXPECT_TRUE(outcome.error->connection_lost);
    EXPECT_EQ(failure_of(cluster_->url(), {.connect_timeout = milliseconds(500)}).code.substr(0, 5), "HT041");
}

}  // namespace
}  // namespace haetae::connect
