// SPDX-License-Identifier: Apache-2.0
// Named moments of a run, told by what passes between the program and its server: at each the program, the process that
// serves it, or the whole server is killed, and the next run finishes.
#include <csignal>

#include "kit/crash_fixture.hpp"
#include "kit/cutting_proxy.hpp"
#include "kit/eventually.hpp"
#include "sandbox/socket_url.hpp"

namespace haetae::kit {
namespace {

using Cut = CuttingProxy::Cut;
using std::chrono::milliseconds;

struct KillPoint {
    const char* name;
    const char* message;  ///< the first one that holds this
    Cut where;
};

const KillPoint kill_points[] = {
    {"the_lock_is_had", "pg_try_advisory_lock", Cut::after_the_server},
    {"the_books_are_to_be_made", "CREATE TABLE \"haetae\".own_version", Cut::before_the_server},
    {"the_books_are_made", "CREATE TABLE \"haetae\".own_version", Cut::after_the_server},
    {"the_version_tables_are_made", "CREATE SCHEMA IF NOT EXISTS", Cut::after_the_server},
    {"the_run_is_on_record", "INSERT INTO \"haetae\".\"ledger\"", Cut::after_the_server},
    {"a_transaction_is_to_be_sent", "UPDATE users.t SET n = n * 2", Cut::before_the_server},
    {"a_transaction_is_committed", "UPDATE users.t SET n = n * 2", Cut::after_the_server},
    {"a_statement_is_to_be_intended", "'intended'", Cut::before_the_server},
    {"a_statement_is_intended", "'intended'", Cut::after_the_server},
    {"an_index_build_is_to_be_sent", "CREATE INDEX CONCURRENTLY i3", Cut::before_the_server},
    {"an_index_is_built", "CREATE INDEX CONCURRENTLY i3", Cut::after_the_server},
    {"an_index_is_dropped", "DROP INDEX CONCURRENTLY users.i3", Cut::after_the_server},
    {"a_statement_is_to_be_marked", "'done', ", Cut::before_the_server},
    {"a_block_has_committed", "n = 64 WHERE n = 32", Cut::after_the_server},
    {"a_step_is_to_be_closed", "DELETE FROM \"haetae\".\"progress\"", Cut::before_the_server},
    {"a_step_is_closed", "DELETE FROM \"haetae\".\"progress\"", Cut::after_the_server},
    {"the_lock_is_to_be_given_back", "pg_advisory_unlock", Cut::before_the_server},
};

class KillPointTest : public CrashTest {
 protected:
    KillPointTest() : CrashTest(std::string(HAETAE_BUILD) + "/haetae") {}

    std::string through(const CuttingProxy& proxy) const {
        return sandbox::socket_url_text(proxy.url().value("host")) + "&dbname=" + url_.value("dbname");
    }

    /// `strike(point)` starts a run and kills at that point of it.
    template <typename Strike>
    void at_each_point(Strike strike) {
        for (const auto& point : kill_points) {
            SCOPED_TRACE(point.name);
            new_database();
            strike(point);
            expect_agreement(point.name);
            finish(point.name);
            if (HasFailure()) return;
        }
        std::printf("killed at %zu points\n", std::size(kill_points));
    }
    /// Done, unreachable, or stopped before a statement that may not be repeated unseen.
    void expect_known_end(os::Child& child) const {
        const auto code = child.wait(std::chrono::minutes(1));
        EXPECT_TRUE(code == 0 || code == 4 || code == 6) << output();
        if (!code) child.end(SIGKILL, milliseconds(0));
    }
};

TEST_F(KillPointTest, the_program_is_killed) {
    at_each_point([&](const KillPoint& point) {
        CuttingProxy proxy(url_);
        std::atomic<int> pid = 0;
        proxy.cut_at(point.message, point.where, [&] {
            EXPECT_TRUE(eventually([&] { return pid != 0; }));
            ::kill(pid, SIGKILL);
        });
        auto child = start_upgrade(through(proxy));
        pid = child.pid();
        EXPECT_EQ(child.wait(std::chrono::minutes(1)), std::optional<os::ExitCode>(128 + SIGKILL)) << output();
        EXPECT_EQ(proxy.cuts(), 1);
    });
}

TEST_F(KillPointTest, the_server_process_is_killed) {
    at_each_point([&](const KillPoint& point) {
        CuttingProxy proxy(url_);
        proxy.cut_at(point.message, point.where, [&] { EXPECT_TRUE(server.kill_backend(url_)); });
        auto child = start_upgrade(through(proxy));
        expect_known_end(child);
        EXPECT_EQ(proxy.cuts(), 1);
    });
}

TEST_F(KillPointTest, the_server_is_killed) {
    at_each_point([&](const KillPoint& point) {
        CuttingProxy proxy(url_);
        proxy.cut_at(point.message, point.where, [&] { server.kill(); });
        auto child = start_upgrade(through(proxy));
        ASSERT_TRUE(eventually([&] { return proxy.cuts() == 1; })) << output();
        server.start();
        expect_known_end(child);
    });
}

}  // namespace
}  // namespace haetae::kit
