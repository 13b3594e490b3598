// SPDX-License-Identifier: Apache-2.0
// The program, the server process that serves it and the whole server, killed at random moments of an upgrade, and
// of a downgrade, of every kind of revision: the next run finishes, each value is right, and rows, ledger and progress
// tell one story. HAETAE_CRASHES sets how often, HAETAE_SEED at which moments.
#include <csignal>
#include <cstdlib>
#include <map>
#include <random>

#include "kit/crash_fixture.hpp"
#include "kit/eventually.hpp"
#include "kit/sandbox_fixture.hpp"
#include "pg/identifier.hpp"

namespace haetae::kit {
namespace {

using std::chrono::milliseconds;

int number_from(const char* name, int otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::atoi(text);
}

// Read before a test clears the variables of haetae.
const int rounds = number_from("HAETAE_CRASHES", 6);
const unsigned seed = static_cast<unsigned>(number_from("HAETAE_SEED", 20261125));

enum class Victim { program, server_process, server };

const char* name_of(Victim victim) {
    switch (victim) {
        case Victim::program:
            return "the program";
        case Victim::server_process:
            return "a server process";
        case Victim::server:
            return "the server";
    }
    return "";
}

class RandomCrashTest : public CrashTest {
 protected:
    RandomCrashTest() : CrashTest(std::string(HAETAE_BUILD) + "/haetae") {}

    /// Kills at `moment` of a run of the program; false where it had ended before.
    bool strike(Way way, Victim victim, milliseconds moment) {
        auto child = start(way, url_text());
        const auto ended = child.wait(moment);
        bool was_hit = !ended;
        if (victim == Victim::program) {
            child.end(SIGKILL, milliseconds(0));
            return was_hit;
        }
        if (victim == Victim::server) {
            server.kill();
            server.start();
        } else {
            was_hit = server.kill_backend(url_) && was_hit;
        }
        const auto code = child.wait(std::chrono::minutes(2));
        EXPECT_TRUE(code) << "it neither ends nor goes on";
        if (!code) child.end(SIGKILL, milliseconds(0));
        // Done, unreachable at its start, or stopped before a statement that may not be repeated unseen.
        EXPECT_TRUE(code == 0 || code == 4 || code == 6) << *code << "\n" << output();
        return was_hit;
    }
    /// How long an undisturbed run takes.
    milliseconds measure(Way way) {
        const auto begin = std::chrono::steady_clock::now();
        auto child = start(way, url_text());
        EXPECT_EQ(child.wait(std::chrono::minutes(2)), std::optional<os::ExitCode>(0)) << output();
        return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begin);
    }
};

TEST_F(RandomCrashTest, after_a_kill_at_any_moment_the_next_run_finishes) {
    for (const auto way : {Way::up, Way::down}) measure(way);  // the first run after the server's start is slower
    new_database();
    const std::map<Way, milliseconds> took{{Way::up, measure(Way::up)}, {Way::down, measure(Way::down)}};
    std::minstd_rand random(seed);
    std::map<std::string, int> hits;
    for (int round = 0; round < rounds; ++round) {
        new_database();
        std::string when = "seed " + std::to_string(seed) + ", round " + std::to_string(round);
        for (const auto way : {Way::up, Way::up, Way::down}) {
            if (way == Way::down) finish(when);
            const auto victim = static_cast<Victim>(std::uniform_int_distribution<int>(0, 2)(random));
            const auto latest = static_cast<int>(took.at(way).count());
            const milliseconds moment(std::uniform_int_distribution<int>(0, latest)(random));
            when += std::string(way == Way::up ? ", up: " : ", down: ") + name_of(victim) + " after " +
                    std::to_string(moment.count()) + " ms";
            if (strike(way, victim, moment)) ++hits[name_of(victim)];
            expect_agreement(when);
        }
        finish(when, Way::down);
        if (HasFailure()) return;
    }
    int all = 0;
    for (const auto& [victim, count] : hits) {
        std::printf("%s was killed %d times during a run\n", victim.c_str(), count);
        all += count;
    }
    std::printf("a block that commits was in doubt %d times\n", in_doubt);
    EXPECT_GT(all, 0) << "the moments lie within the runs";
}

TEST_F(RandomCrashTest, what_was_reported_as_applied_survives_though_the_database_commits_asynchronously) {
    auto admin = connect_to(url_);
    for (const auto* sql : {"ALTER SYSTEM SET wal_writer_delay = 10000", "SELECT pg_reload_conf()"}) {
        ASSERT_TRUE(admin.simple(sql));
    }
    ASSERT_TRUE(admin.simple("ALTER DATABASE " + pg::quote(url_.value("dbname")) + " SET synchronous_commit = off"));
    measure(Way::up);
    server.kill();
    server.start();
    ASSERT_TRUE(eventually([&] { return connect::Connection::open(url_, {}).ok(); }));
    expect_applied("after the crash");
}

}  // namespace
}  // namespace haetae::kit
