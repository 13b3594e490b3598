// SPDX-License-Identifier: Apache-2.0
// Connections that break at the worst moments: what was committed is asked of the ledger, never guessed.
#include <gtest/gtest.h>

#include "execute/executor.hpp"
#include "kit/cutting_proxy.hpp"
#include "kit/run_fixture.hpp"

namespace haetae::execute {
namespace {

using Cut = kit::CuttingProxy::Cut;
using Kind = Event::Kind;

class LostConnectionTest : public kit::RunTest {
 protected:
    void SetUp() override {
        RunTest::SetUp();
        proxy = std::make_unique<kit::CuttingProxy>(url());
        session_url = proxy->url();
        ASSERT_TRUE(run("a1", "CREATE TABLE t (n int); INSERT INTO t VALUES (1)"));
    }
    void TearDown() override {
        executor.reset();
        session.reset();
    }
    std::unique_ptr<kit::CuttingProxy> proxy;
};

TEST_F(LostConnectionTest, a_cut_after_commit_was_sent_is_settled_by_the_ledger) {
    proxy->cut_at("UPDATE t", Cut::after_the_server);
    const auto status = run("a2", "UPDATE t SET n = n * 2");
    ASSERT_TRUE(status) << status.error().sentence;
    EXPECT_EQ(proxy->cuts(), 1);
    EXPECT_EQ(count_of(Kind::reconnected), 1U);
    EXPECT_EQ(cell("SELECT n FROM game.t"), "2");
    EXPECT_EQ(rows(), "a2");
    EXPECT_EQ(ledger(), "a1:up:done a2:up:done");
    ASSERT_TRUE(run("a3", "UPDATE t SET n = n * 2"));
}

TEST_F(LostConnectionTest, a_cut_before_the_server_saw_the_message_runs_it_again) {
    proxy->cut_at("UPDATE t", Cut::before_the_server);
    ASSERT_TRUE(run("a2", "UPDATE t SET n = n * 2"));
    EXPECT_EQ(proxy->cuts(), 1);
    EXPECT_EQ(cell("SELECT n FROM game.t"), "2");
    EXPECT_EQ(ledger(), "a1:up:done a2:up:done");
}

TEST_F(LostConnectionTest, segments_and_lone_statements_are_settled_one_by_one) {
    const std::string body =
        "UPDATE t SET n = n * 2;\nCREATE INDEX CONCURRENTLY i ON t (n);\nUPDATE t SET n = n * 2;\nVACUUM t";
    std::string head_before = "a1";
    int number = 0;
    for (const auto where : {Cut::before_the_server, Cut::after_the_server}) {
        for (const auto* text : {"UPDATE t", "CREATE INDEX", "VACUUM", "'intended'", "'done', "}) {
            ASSERT_TRUE(connection().simple("DROP INDEX IF EXISTS game.i; UPDATE game.t SET n = 1"));
            proxy->cut_at(text, where);
            const auto id = "c" + std::to_string(++number);
            const auto status = run(id, body);
            ASSERT_TRUE(status) << text << ": " << status.error().code << " " << status.error().sentence;
            EXPECT_EQ(proxy->cuts(), number) << text;
            EXPECT_EQ(cell("SELECT n FROM game.t"), "4") << text;
            EXPECT_EQ(rows(), id);
            EXPECT_EQ(progress(), "");
        }
    }
}

TEST_F(LostConnectionTest, a_cut_in_a_statement_that_cannot_be_settled_stops_the_run) {
    proxy->cut_at("COMMIT; END", Cut::after_the_server);
    ASSERT_TRUE(run("a2", "SELECT 1"));
    const auto status = run("a3", "DO $$ BEGIN UPDATE t SET n = n * 2; COMMIT; END $$", " transaction=off");
    // The first try, in a transaction, was cut: it is known to have done nothing, and goes on alone.
    ASSERT_TRUE(status) << status.error().sentence;
    EXPECT_EQ(cell("SELECT n FROM game.t"), "2");
    on_event = [this](const Event& event) {
        if (event.kind == Kind::statement && event.text == "DO") {
            proxy->cut_at("COMMIT; END", Cut::after_the_server);
        }
    };
    const auto cut = run("a4", "DO $$ BEGIN UPDATE t SET n = n * 2; COMMIT; END $$", " transaction=off");
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().code, "HT0614");
    EXPECT_EQ(progress(), "a4/0=intended");
    EXPECT_EQ(cell("SELECT n FROM game.t"), "4") << "once, and not twice";
    EXPECT_EQ(rows(), "a3");
}

}  // namespace
}  // namespace haetae::execute
