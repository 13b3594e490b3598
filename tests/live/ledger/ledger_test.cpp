// SPDX-License-Identifier: Apache-2.0
// The books: made once, appended to, never changed unseen, and read for what they say of each revision.
#include "ledger/ledger.hpp"

#include <gtest/gtest.h>

#include "kit/sandbox_fixture.hpp"
#include "ledger/own_schema.hpp"

namespace haetae::ledger {
namespace {

class LedgerTest : public kit::SandboxTest {
 protected:
    void SetUp() override {
        SandboxTest::SetUp();
        books.emplace(connection());
        ASSERT_TRUE(ensure_own_schema(*books, schema));
    }
    void write(const Entry& entry) {
        const auto done = books->simple(insert_sql(schema, entry));
        ASSERT_TRUE(done) << done.error().sentence;
    }
    void ran(const std::string& id, const std::string& direction, const std::string& outcome,
             const std::string& up = "u") {
        write({.kind = "revision",
               .domain = "game",
               .revision = id,
               .direction = direction,
               .outcome = outcome,
               .up_checksum = up,
               .down_checksum = "d"});
    }
    std::string refusal_of(const std::string& sql) {
        const auto done = books->simple(sql);
        return done ? "done" : done.error().sqlstate;
    }
    /// "a=up/down …" as the ledger last said.
    std::string recorded() {
        std::string text;
        const auto revisions = recorded_revisions(*books, schema);
        if (!revisions) return revisions.error().sentence;
        for (const auto& [key, said] : *revisions) {
            text += (text.empty() ? "" : " ") + key.second.text() + "=" + said.up_checksum + "/" + said.down_checksum;
        }
        return text;
    }
    std::vector<std::int64_t> broken() { return broken_rows(*books, schema).value(); }

    const std::string schema = "haetae";
    std::optional<connect::Connection> books;
};

TEST_F(LedgerTest, its_schema_is_made_once_and_left_alone_afterwards) {
    EXPECT_EQ(own_schema_version(*books, schema).value(), own_schema_newest());
    ran("a", "up", "done");
    ASSERT_TRUE(ensure_own_schema(*books, schema));
    EXPECT_EQ(kit::first_cell(*books, "SELECT count(*) FROM haetae.ledger"), "1");
    EXPECT_EQ(own_schema_version(*books, "elsewhere").value(), 0);
}

TEST_F(LedgerTest, its_schema_may_have_a_name_that_needs_quotes) {
    ASSERT_TRUE(ensure_own_schema(*books, "장부 \"x\""));
    const auto run = begin_run(*books, "장부 \"x\"", {.verb = "v", .os_user = "u", .host = "h", .tool_version = "t"});
    ASSERT_TRUE(run) << run.error().sentence;
    EXPECT_TRUE(broken_rows(*books, "장부 \"x\"").value().empty());
}

TEST_F(LedgerTest, its_tables_are_made_in_an_existing_schema_without_the_right_to_make_schemas) {
    ASSERT_TRUE(
        books->simple("DROP ROLE IF EXISTS keeper; CREATE ROLE keeper; CREATE SCHEMA kept; "
                      "GRANT ALL ON SCHEMA kept TO keeper; SET ROLE keeper"));
    const auto made = ensure_own_schema(*books, "kept");
    EXPECT_TRUE(made) << made.error().sentence;
    ASSERT_TRUE(books->simple("RESET ROLE; DROP OWNED BY keeper; DROP ROLE keeper"));
}

TEST_F(LedgerTest, books_of_a_newer_program_are_refused) {
    ASSERT_TRUE(books->simple("INSERT INTO haetae.own_version (version) VALUES (99)"));
    const auto refused = ensure_own_schema(*books, schema);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "HT0604");
}

TEST_F(LedgerTest, rows_are_neither_changed_nor_removed_even_as_a_replica) {
    ran("a", "up", "done");
    for (const auto* role : {"origin", "replica"}) {
        ASSERT_TRUE(books->simple(std::string("SET session_replication_role = ") + role));
        EXPECT_EQ(refusal_of("UPDATE haetae.ledger SET domain = 'other'"), "HT003");
        EXPECT_EQ(refusal_of("DELETE FROM haetae.ledger"), "HT003");
        EXPECT_EQ(refusal_of("TRUNCATE haetae.ledger"), "HT003");
        ran("b", "up", "done");
    }
    EXPECT_TRUE(broken().empty());
}

TEST_F(LedgerTest, tampering_is_found) {
    const auto tamper = [this](const std::string& sql) {
        ASSERT_TRUE(books->simple("ALTER TABLE haetae.ledger DISABLE TRIGGER ALL; " + sql +
                                  "; ALTER TABLE haetae.ledger ENABLE ALWAYS TRIGGER ledger_chain"));
    };
    for (const auto* id : {"a", "b", "c", "d", "e"}) ran(id, "up", "done");
    EXPECT_TRUE(broken().empty());
    tamper("UPDATE haetae.ledger SET reason = '한국어' WHERE id = 2");
    EXPECT_EQ(broken(), std::vector<std::int64_t>{2});
    tamper("UPDATE haetae.ledger SET reason = NULL WHERE id = 2");
    EXPECT_TRUE(broken().empty());
    tamper("DELETE FROM haetae.ledger WHERE id = 4");
    EXPECT_EQ(broken(), std::vector<std::int64_t>{5});
    tamper("DELETE FROM haetae.ledger WHERE id = 1");
    EXPECT_EQ(broken(), (std::vector<std::int64_t>{2, 5}));
}

TEST_F(LedgerTest, a_text_cannot_be_moved_from_one_column_to_the_next_unseen) {
    ran("ab", "up", "done", "x,1:y");
    ASSERT_TRUE(
        books->simple("ALTER TABLE haetae.ledger DISABLE TRIGGER ALL; "
                      "UPDATE haetae.ledger SET up_checksum = 'x', down_checksum = 'y,1:d'"));
    EXPECT_EQ(broken(), std::vector<std::int64_t>{1});
}

TEST_F(LedgerTest, hashes_hold_whatever_the_session_has_set) {
    for (const auto* setting : {"TimeZone = 'Asia/Seoul'", "DateStyle = 'German'", "IntervalStyle = 'iso_8601'",
                                "search_path = ''", "bytea_output = 'escape'"}) {
        ASSERT_TRUE(books->simple(std::string("SET ") + setting));
        write({.kind = "run", .reason = "이유 'x' \\ y", .details = R"({"a": [1, "\\"]})"});
        EXPECT_TRUE(broken().empty()) << setting;
    }
}

TEST_F(LedgerTest, says_of_each_revision_what_was_last_done) {
    ran("a", "up", "done", "a1");
    ran("b", "up", "done");
    ran("b", "down", "done");
    ran("c", "up", "failed");
    write({.kind = "adopted", .domain = "game", .details = R"({"revisions": {"d": ["d1", "d2"], "a": ["a2", ""]}})"});
    write({.kind = "stamped", .domain = "game", .details = R"({"revisions": {"e": ["e1", ""]}, "from": "x"})"});
    write({.kind = "stamped", .domain = "game", .details = R"({"from": "x", "to": "base"})"});
    ran("d", "down", "failed");
    EXPECT_EQ(recorded(), "a=a2/ d=d1/d2 e=e1/");
    write({.kind = "accepted-edited",
           .domain = "game",
           .revision = "a",
           .direction = "up",
           .outcome = "done",
           .up_checksum = "a3"});
    ran("e", "down", "done");
    EXPECT_EQ(recorded(), "a=a3/ d=d1/d2");
}

TEST_F(LedgerTest, a_runs_row_keeps_who_and_why) {
    const auto run = begin_run(*books, schema,
                               {.verb = "upgrade head",
                                .os_user = "홍",
                                .host = "h",
                                .tool_version = "1",
                                .reason = "it's time",
                                .ci_run = "https://ci/1"});
    ASSERT_TRUE(run);
    const auto rows = read_ledger(*books, schema, {});
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 1U);
    EXPECT_EQ(rows->front().id, *run);
    EXPECT_EQ(rows->front().entry.reason, "it's time");
    EXPECT_NE(rows->front().entry.details.find("\"홍\""), std::string::npos);
    EXPECT_EQ(rows->front().role, "postgres");
    ran("a", "up", "done");
    EXPECT_FALSE(run_finished(*books, schema, *run, graph::DomainName("game"), graph::RevisionId("a"), "up").value());
    write({.kind = "revision", .run = *run, .domain = "game", .revision = "a", .direction = "up", .outcome = "done"});
    EXPECT_TRUE(run_finished(*books, schema, *run, graph::DomainName("game"), graph::RevisionId("a"), "up").value());
    EXPECT_FALSE(run_finished(*books, schema, *run, graph::DomainName("game"), graph::RevisionId("a"), "down").value());
    EXPECT_EQ(read_ledger(*books, schema, {.kind = "revision", .rows_max = 1})->size(), 1U);
    EXPECT_EQ(read_ledger(*books, schema, {.domains = {graph::DomainName("none")}})->size(), 1U);
}

TEST_F(LedgerTest, reads_as_empty_where_it_does_not_exist_and_is_refused_where_it_may_not_be_read) {
    EXPECT_TRUE(read_ledger(*books, "elsewhere", {})->empty());
    EXPECT_TRUE(recorded_revisions(*books, "elsewhere")->empty());
    ASSERT_TRUE(books->simple("DROP ROLE IF EXISTS stranger; CREATE ROLE stranger; SET ROLE stranger"));
    const auto refused = read_ledger(*books, schema, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "HT0608");
    EXPECT_NE(refused.error().sentence.find("stranger"), std::string::npos);
    ASSERT_TRUE(books->simple("RESET ROLE; DROP ROLE stranger"));
}

}  // namespace
}  // namespace haetae::ledger
