// SPDX-License-Identifier: Apache-2.0
// A server that is far away, and a line that breaks: a revision costs one round trip, and a connection that is cut at
// any message leaves nothing to guess.
#include "kit/crash_fixture.hpp"
#include "kit/cutting_proxy.hpp"
#include "sandbox/socket_url.hpp"

namespace haetae::kit {
namespace {

class DistanceTest : public CrashTest {
 protected:
    DistanceTest() : CrashTest(std::string(HAETAE_BUILD) + "/haetae") {}

    std::string through(const CuttingProxy& proxy) const {
        return sandbox::socket_url_text(proxy.url().value("host")) + "&dbname=" + url_.value("dbname");
    }
    /// Round trips of an upgrade of `revisions` revisions of one table each, 5 ms away.
    int round_trips_of(int revisions) {
        new_database();
        const ProjectFolder shop(std::string(HAETAE_BUILD) + "/haetae", "[domain.shop]\n");
        std::string before;
        for (int i = 0; i < revisions; ++i) {
            const auto id = "s" + std::to_string(1000 + i);
            shop.revision("shop", id, before, "-- migrate:up\nCREATE TABLE shop." + id + " (n int)");
            before = id;
        }
        CuttingProxy proxy(url_);
        proxy.delay(std::chrono::milliseconds(5));
        const auto finished = shop.run(through(proxy), {"upgrade"});
        EXPECT_EQ(finished.exit_code, 0) << finished.output;
        return proxy.round_trips();
    }
};

TEST_F(DistanceTest, a_revision_costs_little_more_than_one_round_trip) {
    const int few = round_trips_of(10);
    const int many = round_trips_of(30);
    std::printf("round trips: %d for 10 revisions, %d for 30\n", few, many);
    EXPECT_LE(many - few, 26) << "at most 1.3 a revision";
    EXPECT_LE(few - 10, 70) << "to look, to lock, to open the books and to read the schema";
}

TEST_F(DistanceTest, connections_cut_at_random_leave_nothing_to_guess) {
    int cuts = 0;
    for (unsigned seed = 1; seed <= 6; ++seed) {
        new_database();
        CuttingProxy proxy(url_);
        proxy.cut_at_random(seed, 16);
        const std::string when = "seed " + std::to_string(seed);
        for (int run = 0; run < 5; ++run) {
            const auto finished = project.run(through(proxy), {"upgrade", "head", "--in-doubt", "again"});
            EXPECT_TRUE(finished.exit_code == 0 || finished.exit_code == 4 || finished.exit_code == 6)
                << when << "\n"
                << finished.output;
            expect_agreement(when);
            if (finished.exit_code == 0) break;
        }
        cuts += proxy.cuts();
        finish(when);
    }
    std::printf("%d connections were cut\n", cuts);
    EXPECT_GT(cuts, 12);
}

}  // namespace
}  // namespace haetae::kit
