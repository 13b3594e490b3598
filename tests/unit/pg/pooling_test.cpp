// SPDX-License-Identifier: Apache-2.0
// Which URLs are known for a pooler that shares server processes, and which only give a reason to look.
#include "pg/pooling.hpp"

#include <gtest/gtest.h>

namespace haetae::pg {
namespace {

std::string sign_of(const std::string& text) {
    const auto url = ConnectionUrl::parse(text);
    if (!url) return "error " + url.error().code;
    const auto sign = pooler_sign(*url);
    if (!sign) return "none";
    return sign->is_certain ? "certain" : "suspected";
}

TEST(PoolerSign, is_read_from_what_operators_document_and_from_names) {
    const struct {
        const char* url;
        const char* sign;
    } table[] = {
        {"postgresql://postgres.abc:pw@aws-0-eu-central-1.pooler.supabase.com:6543/postgres", "certain"},
        {"postgresql://postgres.abc:pw@AWS-0-EU-CENTRAL-1.POOLER.SUPABASE.COM:6543/postgres", "certain"},
        {"postgresql://postgres.abc:pw@aws-0-eu-central-1.pooler.supabase.com:5432/postgres", "suspected"},
        {"postgresql://postgres.abc:pw@aws-0-eu-central-1.pooler.supabase.com/postgres", "suspected"},
        {"postgresql://postgres:pw@db.abc.supabase.co:6543/postgres", "certain"},
        {"postgresql://postgres:pw@db.abc.supabase.co:5432/postgres", "none"},
        {"postgresql://u@ep-cool-123-pooler.us-east-2.aws.neon.tech/db", "certain"},
        {"postgresql://u@ep-cool-123.us-east-2.aws.neon.tech/db", "none"},
        {"postgresql://u@db:6543/game", "suspected"},
        {"postgresql://u@db:6432/game", "suspected"},
        {"postgresql://u@pgbouncer/game", "suspected"},
        {"postgresql://u@pooler.example.com/game", "suspected"},
        {"postgresql://u@db/game?pgbouncer=true", "suspected"},
        {"postgresql://u@db/game?pgbouncer=false", "none"},
        {"postgresql://u@db/game", "none"},
        {"postgresql:///game?host=/run/postgresql", "none"},
        {"postgresql:///game?host=/run/postgresql&port=6432", "suspected"},
        {"postgresql://u@one:5432,db.abc.supabase.co:6543/game", "certain"},
        {"postgresql://u@pooler:5432,db.abc.supabase.co:6543/game", "certain"},
        {"host=db.abc.supabase.co port=6543 user=u", "certain"},
    };
    for (const auto& row : table) EXPECT_EQ(sign_of(row.url), row.sign) << row.url;
}

TEST(PoolerSign, says_where_a_session_of_ones_own_is) {
    const auto url = ConnectionUrl::parse("postgresql://u@aws-0.pooler.supabase.com:6543/postgres");
    ASSERT_TRUE(url);
    const auto sign = pooler_sign(*url);
    ASSERT_TRUE(sign);
    EXPECT_EQ(sign->evidence, "aws-0.pooler.supabase.com:6543 is Supabase's pooler in transaction mode");
    EXPECT_NE(sign->remedy.find("5432"), std::string::npos);
}

}  // namespace
}  // namespace haetae::pg
