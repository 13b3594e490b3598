// SPDX-License-Identifier: Apache-2.0
// The distribution's PgBouncer in each of its modes, quiet and busy: every shared process is found, and nothing else is
// called one. HAETAE_PROBE_RUNS says how often each setting is tried.
#include "connect/pooler.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <thread>
#include <vector>

#include "kit/cutting_proxy.hpp"
#include "kit/pgbouncer.hpp"
#include "kit/sandbox_fixture.hpp"

namespace haetae::connect {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Read before a fixture clears the environment.
const int runs = [] {
    const char* text = std::getenv("HAETAE_PROBE_RUNS");
    return text == nullptr ? 4 : std::atoi(text);
}();

/// Clients that run short transactions, or single statements, until it goes.
class Load {
 public:
    Load(const pg::ConnectionUrl& url, int clients, const std::string& work) {
        for (int i = 0; i < clients; ++i) {
            clients_.emplace_back([this, connection = std::make_shared<Connection>(kit::connect_to(url)), work] {
                while (!ends_) static_cast<void>(connection->run_script(work));
            });
        }
    }
    ~Load() {
        ends_ = true;
        clients_.clear();
    }
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;

 private:
    std::atomic<bool> ends_ = false;
    std::vector<std::jthread> clients_;
};

base::Result<pg::PoolingVerdict> probe(const pg::ConnectionUrl& url, bool is_suspected = false,
                                       milliseconds limit = milliseconds(20000)) {
    auto first = TRY(Connection::open(url, {}));
    return probe_pooling(
        first, {.open = [&url] { return Connection::open(url, {}); }, .limit = limit, .is_suspected = is_suspected});
}

struct Setting {
    const char* mode;
    int pool_size;
    int clients;
    pg::Pooling expected;
    const char* more = "";
};

class PoolerTest : public kit::SandboxTest {
 protected:
    void try_often(const Setting& setting) const {
        const auto name = fmt::format("{} mode, pool of {}, {} busy clients {}", setting.mode, setting.pool_size,
                                      setting.clients, setting.more);
        const kit::PgBouncer pooler(url(), setting.mode, setting.pool_size, setting.more);
        const bool in_statements = std::string(setting.mode) == "statement";
        const Load load(pooler.url(), setting.clients,
                        in_statements ? "SELECT pg_sleep(0.002)" : "BEGIN; SELECT pg_sleep(0.002); COMMIT");
        milliseconds longest{0};
        for (int i = 0; i < runs; ++i) {
            const auto begin = steady_clock::now();
            const auto verdict = probe(pooler.url());
            longest = std::max(longest, std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin));
            ASSERT_TRUE(verdict) << name << ": " << verdict.error().sentence << "\n" << pooler.log();
            ASSERT_EQ(verdict->pooling, setting.expected) << name << ", try " << i << ": " << verdict->evidence;
            EXPECT_FALSE(verdict->evidence.empty());
        }
        std::cout << name << ": " << runs << " tries, the longest " << longest.count() << " ms\n";
    }
};

TEST_F(PoolerTest, transaction_pooling_is_found_quiet_and_busy) {
    using enum pg::Pooling;
    for (const int clients : {0, 1, 4, 8}) {
        try_often({"transaction", 1, clients, shared});
        try_often({"transaction", 4, clients, shared});
    }
    try_often({"transaction", 4, 0, shared, "server_round_robin = 1"});
    try_often({"transaction", 20, 8, shared});
}

TEST_F(PoolerTest, statement_pooling_is_found_quiet_and_busy) {
    using enum pg::Pooling;
    for (const int clients : {0, 4}) {
        try_often({"statement", 1, clients, shared});
        try_often({"statement", 4, clients, shared});
    }
}

TEST_F(PoolerTest, session_pooling_is_told_from_shared_processes) {
    using enum pg::Pooling;
    try_often({"session", 4, 0, session});
    try_often({"session", 4, 2, session});
}

TEST_F(PoolerTest, a_direct_connection_is_called_direct_also_where_the_url_is_suspected) {
    milliseconds longest{0};
    for (int i = 0; i < runs; ++i) {
        auto first = connection();
        const auto begin = steady_clock::now();
        const auto verdict = probe_pooling(first, {.open = [this] { return Connection::open(url(), {}); }});
        longest = std::max(longest, std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin));
        ASSERT_TRUE(verdict);
        EXPECT_EQ(*verdict, pg::PoolingVerdict{});
        const auto suspected = probe(url(), true);
        ASSERT_TRUE(suspected);
        EXPECT_EQ(*suspected, pg::PoolingVerdict{});
    }
    std::cout << "direct: " << runs << " tries, the longest " << longest.count() << " ms\n";
}

TEST_F(PoolerTest, a_probe_leaves_no_transaction_and_no_lock_in_the_pool) {
    const kit::PgBouncer pooler(url(), "transaction", 4);
    const auto verdict = probe(pooler.url());
    ASSERT_TRUE(verdict);
    auto direct = connection();
    EXPECT_EQ(kit::first_cell(direct,
                              "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                              "AND state <> 'idle' AND pid <> pg_backend_pid()"),
              "0");
    EXPECT_EQ(kit::first_cell(direct, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"), "0");
}

TEST_F(PoolerTest, a_session_pooler_with_one_slot_ends_in_an_error_and_never_hangs) {
    const kit::PgBouncer pooler(url(), "session", 1);
    const auto verdict = probe(pooler.url(), false, milliseconds(300));
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().code, "HT0761");
    EXPECT_NE(verdict.error().sentence.find("a second session got no answer"), std::string::npos)
        << verdict.error().sentence;
}

TEST_F(PoolerTest, a_pooler_whose_slot_is_taken_ends_in_an_error_and_never_hangs) {
    const kit::PgBouncer pooler(url(), "transaction", 1);
    auto other = kit::connect_to(pooler.url());
    kit::first_cell(other, "BEGIN; SELECT 1");
    const auto verdict = probe(pooler.url(), false, milliseconds(300));
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().code, "HT0761");
}

TEST_F(PoolerTest, a_pooler_that_drops_the_second_session_ends_in_an_error) {
    kit::CuttingProxy proxy(url());
    proxy.cut_at("BEGIN; ", kit::CuttingProxy::Cut::before_the_server);
    const auto verdict = probe(proxy.url(), true);
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().code, "HT0761");
    EXPECT_EQ(proxy.cuts(), 1);
}

TEST_F(PoolerTest, a_pooler_that_is_gone_when_the_second_session_comes_ends_in_an_error) {
    kit::PgBouncer pooler(url(), "session", 4);
    auto first = kit::connect_to(pooler.url());
    const auto verdict = probe_pooling(first, {.open = [&] {
                                           pooler.end();
                                           return Connection::open(pooler.url(), {});
                                       }});
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().code, "HT0410") << verdict.error().sentence;
}

TEST_F(PoolerTest, settings_of_the_url_are_read_back) {
    const std::string options = "-c lock_timeout=3s --work-mem=8MB -capp.name=one\\ two";
    const auto asked = asked_settings(options);
    ASSERT_EQ(asked.size(), 3U);
    auto direct = kit::connect_to(url().with("options", options));
    EXPECT_TRUE(require_settings(direct, asked));

    const kit::PgBouncer deaf(url(), "session", 4, "ignore_startup_parameters = options");
    auto through = kit::connect_to(deaf.url().with("options", options));
    for (const auto& setting : asked) {
        const auto lost = require_settings(through, {setting});
        ASSERT_FALSE(lost) << setting.name;
        EXPECT_EQ(lost.error().code, "HT0762");
        EXPECT_NE(lost.error().sentence.find(setting.name), std::string::npos) << lost.error().sentence;
    }
}

TEST_F(PoolerTest, a_pooler_that_refuses_settings_of_the_url_is_named_as_such) {
    const kit::PgBouncer strict(url(), "session", 4);
    const auto refused = Connection::open(strict.url().with("options", "-c lock_timeout=3s"), {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "HT0414");
    EXPECT_NE(refused.error().hint.find("pooler"), std::string::npos) << refused.error().hint;
}

}  // namespace
}  // namespace haetae::connect
