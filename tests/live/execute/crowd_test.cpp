// SPDX-License-Identifier: Apache-2.0
// Many migrators at once on one history: each ends well, each revision runs once; also when the one at work is killed,
// and while an application works on the same table and a reader holds it.
#include <algorithm>
#include <atomic>
#include <csignal>
#include <thread>

#include "kit/crash_fixture.hpp"
#include "kit/eventually.hpp"
#include "kit/sandbox_fixture.hpp"
#include "os/file.hpp"
#include "sandbox/programs.hpp"

namespace haetae::kit {
namespace {

using std::chrono::milliseconds;

class CrowdTest : public CrashTest {
 protected:
    CrowdTest() : CrashTest(std::string(HAETAE_BUILD) + "/haetae") {}

    void start_crowd(int size) {
        for (int i = 0; i < size; ++i) {
            auto command = project.command(url_text(), {"upgrade", "head"});
            command.output_file = output_file(i);
            crowd.push_back(os::start(command).value());
        }
    }
    std::string output_file(std::size_t i) const { return project.path("output" + std::to_string(i)); }
    bool says(std::size_t i, std::string_view words) const {
        const auto text = os::read_file(output_file(i), 1024 * 1024);
        return text && text->find(words) != std::string::npos;
    }
    bool anybody_says(std::string_view words) const {
        for (std::size_t i = 0; i < crowd.size(); ++i) {
            if (says(i, words)) return true;
        }
        return false;
    }
    void expect_all_end_well() {
        for (std::size_t i = 0; i < crowd.size(); ++i) {
            const auto code = crowd[i].wait(std::chrono::minutes(3));
            EXPECT_EQ(code, std::optional<os::ExitCode>(0)) << "process " << i;
            if (!code) crowd[i].end(SIGKILL, milliseconds(0));
        }
    }

    std::vector<os::Child> crowd;
};

TEST_F(CrowdTest, each_ends_well_and_each_revision_runs_once) {
    start_crowd(32);
    expect_all_end_well();
    expect_applied("after the crowd");
    EXPECT_EQ(cell("SELECT count(*) FROM haetae.ledger WHERE outcome = 'failed'"), "0");
}

TEST_F(CrowdTest, one_that_is_killed_at_work_leaves_the_rest_to_the_others) {
    ASSERT_EQ(project.run(url_text(), {"upgrade", "-d", "users", "u2"}).exit_code, 0);
    auto holder = connect_to(url_);
    ASSERT_TRUE(holder.simple("BEGIN; LOCK TABLE users.t IN SHARE MODE"));
    start_crowd(32);
    ASSERT_TRUE(eventually([&] { return anybody_says("[1/"); })) << "somebody is at work";
    const auto at_work = std::find_if(crowd.begin(), crowd.end(), [&](const os::Child& child) {
        return says(static_cast<std::size_t>(&child - crowd.data()), "[1/");
    });
    at_work->end(SIGKILL, milliseconds(0));
    std::iter_swap(at_work, crowd.end() - 1);
    crowd.pop_back();
    ASSERT_TRUE(holder.simple("COMMIT"));
    expect_all_end_well();
    expect_applied("after the crowd");
}

TEST_F(CrowdTest, an_application_waits_no_longer_than_a_statement_waits_for_its_lock) {
    const ProjectFolder shop(std::string(HAETAE_BUILD) + "/haetae",
                             "[domain.shop]\n[env.local]\nurl_env = \"DATABASE_URL\"\nlock_timeout = \"500ms\"\n");
    shop.revision("shop", "s1", "",
                  "-- migrate:up\nCREATE TABLE shop.t AS SELECT n FROM generate_series(1, 1000) AS n");
    ASSERT_EQ(shop.run(url_text(), {"upgrade"}).exit_code, 0);
    shop.revision("shop", "s2", "s1", "-- migrate:up\nALTER TABLE shop.t ADD COLUMN a int");
    shop.revision("shop", "s3", "s2", "-- migrate:up\nALTER TABLE shop.t ADD COLUMN b int");
    shop.write("script.sql", "SELECT count(*) FROM shop.t;\nUPDATE shop.t SET n = n WHERE n = 1;\n");
    const auto programs = sandbox::find_programs().value();
    os::Command load{.program = os::join(programs.folder, "pgbench"),
                     .arguments = {"-n", "-c", "2", "-T", "60", "-f", shop.path("script.sql"), "-h", url_.value("host"),
                                   "-U", "postgres", url_.value("dbname")}};
    auto pgbench = os::start(load);
    ASSERT_TRUE(pgbench) << "pgbench comes with the server's programs";

    auto reader = connect_to(url_);
    ASSERT_TRUE(reader.simple("BEGIN; SELECT count(*) FROM shop.t"));
    auto upgrade = os::start(shop.command(url_text(), {"upgrade"}));
    ASSERT_TRUE(upgrade);
    std::atomic<bool> ends = false;
    milliseconds longest{0};
    std::jthread application([&] {
        auto own = connect_to(url_);
        while (!ends) {
            const auto begin = std::chrono::steady_clock::now();
            EXPECT_TRUE(own.simple("SELECT count(*) FROM shop.t"));
            const auto took = std::chrono::steady_clock::now() - begin;
            longest = std::max(longest, std::chrono::duration_cast<milliseconds>(took));
        }
    });
    EXPECT_FALSE(upgrade->wait(milliseconds(5000))) << "the reader holds the table";
    ASSERT_TRUE(reader.simple("COMMIT"));
    EXPECT_EQ(upgrade->wait(std::chrono::minutes(1)), std::optional<os::ExitCode>(0));
    ends = true;
    application.join();
    EXPECT_FALSE(pgbench->ended()) << "the application has worked all the time";
    pgbench->end(SIGTERM, milliseconds(5000));
    std::printf("lock_timeout 500 ms, a reader for 5000 ms: the longest wait of a plain SELECT was %lld ms\n",
                static_cast<long long>(longest.count()));
    EXPECT_LT(longest, milliseconds(5000)) << "the application waits for the statement's limit, not for the reader";
    EXPECT_EQ(cell("SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = "
                   "'shop.t'::regclass AND attnum > 0"),
              "n a b");
    EXPECT_EQ(cell("SELECT count(*) FROM haetae.ledger WHERE outcome = 'failed'"), "0");
}

}  // namespace
}  // namespace haetae::kit
