// SPDX-License-Identifier: Apache-2.0
// A schema that somebody changes past haetae is noticed by the next run: on record, warned of, and on a protected
// database refused until it is accepted. What haetae does itself is no drift, whatever becomes of a run.
#include <gtest/gtest.h>

#include "kit/guarded_fixture.hpp"

namespace haetae::verbs {
namespace {

using kit::ended;

class Drift : public kit::GuardedTest {
 protected:
    void SetUp() override {
        GuardedTest::SetUp();
        second_revision("ALTER TABLE app.one ADD COLUMN extra int;", "ALTER TABLE app.one DROP COLUMN extra;");
        ASSERT_TRUE(ended(locally({"upgrade", "a1"}), 0, "applied 1 revision"));
    }
    os::Finished locally(std::vector<std::string> words) {
        words.insert(words.end(), {"--url", "env:MIGRATION_DB_URL"});
        return by_hand(words);
    }
    [[nodiscard]] std::string drifts() const {
        return sql(
            "SELECT string_agg(concat_ws(' ', domain, details ->> 'accepted', reason), '; ' ORDER BY id) "
            "FROM haetae.ledger WHERE kind = 'drifted'");
    }
};

TEST_F(Drift, is_none_where_only_haetae_was_at_work) {
    EXPECT_TRUE(ended(locally({"upgrade"}), 0, "applied 1 revision"));
    EXPECT_TRUE(ended(locally({"downgrade", "-1"}), 0, "undid 1 revision"));
    EXPECT_TRUE(ended(locally({"upgrade"}), 0, "applied 1 revision"));
    EXPECT_EQ(drifts(), "");
}

TEST_F(Drift, is_a_warning_and_on_record) {
    sql("CREATE TABLE app.by_hand (n int)");
    EXPECT_TRUE(ended(locally({"upgrade"}), 0, "somebody changed it past haetae (HT0718)"));
    EXPECT_EQ(drifts(), "app false");
    EXPECT_TRUE(ended(locally({"downgrade", "-1"}), 0, "undid 1 revision"));
    EXPECT_EQ(drifts(), "app false") << "what was found is what the run left";
}

TEST_F(Drift, is_refused_on_a_protected_database_until_it_is_accepted) {
    ASSERT_TRUE(ended(by_hand({"protect", "production", "-e", "production"}), 0, "and protected"));
    sql("GRANT SELECT ON app.one TO PUBLIC");
    for (int i = 0; i < 2; ++i) {
        EXPECT_TRUE(ended(by_pipeline({"upgrade", "-e", "production"}), 3,
                          "error[HT0718]: the schema of domain app has the fingerprint"));
    }
    EXPECT_EQ(applied(), "a1");
    EXPECT_TRUE(ended(by_pipeline({"upgrade", "-e", "production", "--accept-drift", "--reason", "the report needs it"}),
                      0, "applied 1"));
    EXPECT_EQ(drifts(), "app false; app false; app true the report needs it");
}

TEST_F(Drift, is_forgotten_with_a_stamp) {
    sql("ALTER TABLE app.one ADD COLUMN extra int");
    EXPECT_TRUE(ended(locally({"stamp", "a2"}), 0, ""));
    EXPECT_TRUE(ended(locally({"downgrade", "-1"}), 0, "undid 1 revision"));
    EXPECT_EQ(drifts(), "");
}

}  // namespace
}  // namespace haetae::verbs
