// SPDX-License-Identifier: Apache-2.0
// One migrator a database: who waits, for whom, for how long, and what a dead one leaves behind.
#include "ledger/migrator_lock.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "kit/eventually.hpp"
#include "kit/sandbox_fixture.hpp"

namespace haetae::ledger {
namespace {

using std::chrono::milliseconds;

class MigratorLockTest : public kit::SandboxTest {
 protected:
    [[nodiscard]] base::Result<LockedSession> locked(const std::string& name, const LockWait& wait) const {
        auto gate = kit::connect_to(url(), {.application_name = name + " (lock)"});
        return MigratorLock::acquire(
            std::move(gate), [&] { return connect::Connection::open(url(), {.application_name = name}); }, wait);
    }
    static std::string problem(const base::Result<LockedSession>& result) {
        return result ? "held" : result.error().code;
    }
    static std::string check_block() { return "DO $$ BEGIN " + lock_check_sql() + " END $$"; }
    static std::string check(LockedSession& held) {
        const auto done = held.work.simple(check_block());
        return done ? "held" : done.error().sqlstate;
    }
};

TEST_F(MigratorLockTest, a_second_migrator_waits_says_for_whom_and_gives_up_at_its_limit) {
    auto first = locked("first", {});
    ASSERT_TRUE(first);
    EXPECT_EQ(check(*first), "held");
    std::string seen;
    const auto second =
        locked("second", {.limit = milliseconds(400), .on_wait = [&](const LockHolder& holder, milliseconds) {
                              seen = holder.application_name + " as " + holder.role;
                              return false;
                          }});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "HT0601");
    EXPECT_NE(second.error().sentence.find("first (lock) (role postgres, server process "), std::string::npos);
    EXPECT_EQ(seen, "first (lock) as postgres");
    EXPECT_EQ(problem(locked("third", {})), "HT0601") << "a limit of 0 does not wait";
}

TEST_F(MigratorLockTest, a_wait_can_be_broken_off) {
    auto first = locked("first", {});
    ASSERT_TRUE(first);
    EXPECT_EQ(problem(locked("second", {.limit = milliseconds(60000), .on_wait = [](auto&&, auto) { return true; }})),
              "HT0602");
}

TEST_F(MigratorLockTest, the_next_takes_over_when_the_first_gives_back) {
    auto first = locked("first", {});
    ASSERT_TRUE(first);
    const auto second = locked("second", {.limit = milliseconds(20000), .on_wait = [&](auto&&, auto) {
                                              EXPECT_TRUE(first->lock.release(first->work));
                                              return false;
                                          }});
    EXPECT_EQ(problem(second), "held");
}

TEST_F(MigratorLockTest, other_databases_have_a_lock_of_their_own) {
    auto first = locked("first", {});
    ASSERT_TRUE(first);
    const auto other = kit::new_database();
    EXPECT_TRUE(
        MigratorLock::acquire(kit::connect_to(other), [&] { return connect::Connection::open(other, {}); }, {}));
}

TEST_F(MigratorLockTest, a_key_that_was_given_away_is_noticed) {
    auto held = locked("first", {});
    ASSERT_TRUE(held);
    ASSERT_TRUE(held->work.simple("SELECT pg_advisory_unlock_all()"));
    EXPECT_EQ(check(*held), "HT002");
    const auto given_back = held->lock.release(held->work);
    ASSERT_FALSE(given_back);
    EXPECT_EQ(given_back.error().code, "HT0603");
}

TEST_F(MigratorLockTest, a_gate_that_went_with_its_connection_is_noticed) {
    auto held = locked("first", {});
    ASSERT_TRUE(held);
    auto admin = connection();
    ASSERT_TRUE(
        admin.simple("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
                     "WHERE application_name = 'first (lock)'"));
    EXPECT_EQ(check(*held), "HT002");
    EXPECT_EQ(check(*held), "HT002") << "looking does not take it";
}

TEST_F(MigratorLockTest, a_check_keeps_others_out_until_its_transaction_ends_and_leaves_the_keys_as_they_were) {
    auto held = locked("first", {});
    ASSERT_TRUE(held);
    auto admin = connection();
    const auto keys = [&] {
        return kit::first_cell(admin, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted");
    };
    const auto others = [&] { return kit::first_cell(admin, "SELECT pg_try_advisory_lock(1751213428, 2)"); };
    for (int i = 0; i < 3; ++i) EXPECT_EQ(check(*held), "held");
    EXPECT_EQ(keys(), "2");
    ASSERT_TRUE(held->work.simple("BEGIN; " + check_block() + "; SELECT pg_advisory_unlock_all()"));
    EXPECT_EQ(others(), "f") << "a revision has given the key away, its transaction has not";
    ASSERT_TRUE(held->work.simple("COMMIT"));
    EXPECT_EQ(check(*held), "HT002");
    EXPECT_EQ(others(), "t");
}

TEST_F(MigratorLockTest, a_killed_migrator_whose_statement_still_runs_keeps_others_out) {
    auto admin = connection();
    // Without the server's own look at its clients, which would end the statement within a second.
    ASSERT_TRUE(admin.simple("SELECT pg_advisory_lock(7)"));
    const pid_t child = ::fork();
    if (child == 0) {
        auto held = locked("first", {});
        if (held) held->work.run_script("SET client_connection_check_interval = 0; SELECT pg_advisory_lock(7)");
        ::_exit(0);
    }
    const auto statement_runs = [&] {
        return kit::first_cell(admin,
                               "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'first' AND "
                               "wait_event = 'advisory'") == "1";
    };
    ASSERT_TRUE(kit::eventually(statement_runs));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    std::string seen;
    const auto waiter = [&](const LockHolder& holder, milliseconds) {
        seen = holder.application_name;
        return false;
    };
    EXPECT_EQ(problem(locked("second", {.limit = milliseconds(700), .on_wait = waiter})), "HT0601");
    EXPECT_EQ(seen, "first") << "the gate went with the process, the work key did not";
    EXPECT_TRUE(statement_runs());
    ASSERT_TRUE(admin.simple("SELECT pg_advisory_unlock(7)"));
    EXPECT_EQ(problem(locked("third", {.limit = milliseconds(20000)})), "held");
}

TEST_F(MigratorLockTest, a_waiter_never_stands_in_the_way_of_a_concurrent_build) {
    auto first = locked("first", {});
    ASSERT_TRUE(first);
    ASSERT_TRUE(first->work.simple("CREATE TABLE t (n int); INSERT INTO t SELECT generate_series(1, 1000)"));
    ASSERT_TRUE(first->work.simple("SET deadlock_timeout = '20ms'"));
    std::vector<std::jthread> waiters;
    std::vector<std::string> outcomes(4);
    for (auto& outcome : outcomes) {
        waiters.emplace_back([&] { outcome = problem(locked("waiter", {.limit = milliseconds(60000)})); });
    }
    for (int i = 0; i < 5; ++i) {
        const auto built = first->work.simple("CREATE INDEX CONCURRENTLY i" + std::to_string(i) + " ON t (n)");
        EXPECT_TRUE(built) << built.error().sentence;
    }
    EXPECT_TRUE(first->lock.release(first->work));
    waiters.clear();
    EXPECT_EQ(outcomes, std::vector<std::string>(4, "held"))
        << "one after the other, each ended when it went out of sight";
}

}  // namespace
}  // namespace haetae::ledger
