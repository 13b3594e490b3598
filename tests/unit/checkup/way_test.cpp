// SPDX-License-Identifier: Apache-2.0
// The way to the server: which of it is a failure, and where a host cannot be reached from everywhere.
#include "checkup/way.hpp"

#include <gtest/gtest.h>

namespace haetae::checkup {
namespace {

using enum outcome::CheckLine::State;

pg::ConnectionUrl url_of(const char* text) {
    const auto url = pg::ConnectionUrl::parse(text);
    EXPECT_TRUE(url) << text;
    return *url;
}

TEST(Way, a_shared_process_and_an_unknown_one_are_failures) {
    const auto url = url_of("postgresql://db/game");
    const auto state = [&](std::optional<pg::PoolingVerdict> pooling) {
        return judge_way({.pooling = std::move(pooling), .why_not = "no answer"}, url).front().state;
    };
    EXPECT_EQ(state(pg::PoolingVerdict{}), ok);
    EXPECT_EQ(state(pg::PoolingVerdict{.pooling = pg::Pooling::session, .evidence = "e"}), ok);
    EXPECT_EQ(state(pg::PoolingVerdict{.pooling = pg::Pooling::shared, .evidence = "e"}), failure);
    EXPECT_EQ(state(std::nullopt), failure);
}

TEST(Way, a_missing_encryption_is_judged_by_where_the_url_leads) {
    const auto state = [](const char* url, bool is_local, const char* encryption) {
        return judge_way({.pooling = pg::PoolingVerdict{}, .encryption = encryption, .is_local = is_local}, url_of(url))
            .back()
            .state;
    };
    EXPECT_EQ(state("postgresql://db/game", false, ""), warning);
    EXPECT_EQ(state("postgresql://db/game", false, "TLSv1.3 with X"), ok);
    EXPECT_EQ(state("postgresql:///game", true, ""), ok);
    EXPECT_EQ(state("postgresql://localhost/game", false, ""), ok);
    EXPECT_EQ(state("postgresql://127.0.0.1/game", false, ""), ok);
    EXPECT_EQ(state("postgresql://[::1]/game", false, ""), ok);
}

TEST(Way, supabases_direct_host_is_said_to_have_ipv6_only) {
    EXPECT_EQ(judge_host(url_of("postgresql://u@db.abc.supabase.co/postgres")).size(), 1U);
    EXPECT_TRUE(judge_host(url_of("postgresql://u@aws-0.pooler.supabase.com/postgres")).empty());
    EXPECT_TRUE(judge_host(url_of("postgresql://u@db.example.com/postgres")).empty());
}

}  // namespace
}  // namespace haetae::checkup
