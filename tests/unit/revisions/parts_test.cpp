// SPDX-License-Identifier: Apache-2.0
// A revision file cut into parts; what a part may not hold; what changes a checksum and what does not.
#include "revisions/parts.hpp"

#include <gtest/gtest.h>

#include "revisions/checksum.hpp"

using namespace haetae;
using revisions::TransactionMode;

namespace {

revisions::Parts parts(const std::string& text) {
    auto cut = revisions::cut_parts(text, "f.sql");
    EXPECT_TRUE(cut.ok()) << (cut.ok() ? "" : cut.error().sentence);
    return cut.ok() ? std::move(cut).value() : revisions::Parts{};
}

std::vector<std::string> texts(const std::vector<revisions::Statement>& statements) {
    std::vector<std::string> list;
    for (const auto& statement : statements) list.push_back(statement.sql);
    return list;
}

using Texts = std::vector<std::string>;

TEST(Parts, are_cut_at_their_markers) {
    const std::string text =
        "-- m\n-- Revision ID: a\n-- Revises:\n\n"
        "-- migrate:up transaction=off\n"
        "CREATE TABLE t (\"등급\" int); -- first\n"
        "CREATE INDEX CONCURRENTLY i ON t (\"등급\");\n"
        "-- migrate:backfill table=s.t batch=5000 pause=20ms throttle=lag\n"
        "UPDATE t SET a = 1\n"
        "-- migrate:backfill\n"
        "UPDATE t SET b = 1;\n"
        "-- migrate:down transaction=on\n"
        "DROP TABLE t;\n";
    const auto cut = parts(text);
    EXPECT_EQ(cut.up.mode, TransactionMode::off);
    EXPECT_EQ(cut.up.line, 5U);
    EXPECT_EQ(texts(cut.up.statements),
              (Texts{"CREATE TABLE t (\"등급\" int)", "CREATE INDEX CONCURRENTLY i ON t (\"등급\")"}));
    EXPECT_EQ(cut.up.statements[1].line, 7U);
    EXPECT_EQ(text.substr(cut.up.statements[1].offset, 6), "CREATE");
    EXPECT_EQ(cut.up.statements[1].facts.need, sql::TransactionNeed::outside);
    ASSERT_EQ(cut.backfills.size(), 2U);
    EXPECT_EQ(cut.backfills[0].options.at(1), (std::pair<std::string, std::string>{"batch", "5000"}));
    EXPECT_EQ(cut.backfills[0].options.size(), 4U);
    EXPECT_EQ(texts(cut.backfills[0].statements), Texts{"UPDATE t SET a = 1"});
    ASSERT_TRUE(cut.down.has_value());
    EXPECT_EQ(cut.down->mode, TransactionMode::on);
    EXPECT_EQ(texts(cut.down->statements), Texts{"DROP TABLE t"});
    EXPECT_FALSE(cut.irreversible_reason.has_value());
}

TEST(Parts, may_be_empty_or_missing_below_up) {
    const auto merge = parts("-- migrate:up\n\n-- migrate:down\n");
    EXPECT_TRUE(merge.up.statements.empty());
    EXPECT_TRUE(merge.down.has_value());
    EXPECT_EQ(merge.down_checksum, revisions::sha256(""));
    const auto only_up = parts("-- migrate:up\nSELECT 1;");
    EXPECT_FALSE(only_up.down.has_value());
    EXPECT_FALSE(only_up.irreversible_reason.has_value());
    EXPECT_EQ(only_up.down_checksum, "");
    EXPECT_EQ(parts("-- migrate:up\n-- migrate:irreversible reason=\"rows are gone\"\n").irreversible_reason,
              "rows are gone");
    EXPECT_EQ(parts("-- migrate:up\n-- migrate:irreversible\n").irreversible_reason, "");
}

TEST(Parts, take_the_spellings_of_dbmate) {
    EXPECT_EQ(parts("--migrate:up transaction:false\nSELECT 1;\n--   migrate:down\n").up.mode, TransactionMode::off);
    EXPECT_EQ(parts("-- migrate:up transaction:true\r\nSELECT 1;\r\n").up.mode, TransactionMode::on);
    EXPECT_EQ(parts("\xEF\xBB\xBF-- migrate:up transaction=auto\t\nSELECT 1;").up.mode, TransactionMode::automatic);
}

TEST(Parts, end_lines_where_postgresql_does_at_a_lone_carriage_return_too) {
    const auto cut = parts("-- migrate:up\rSELECT 1;\r-- migrate:down\rSELECT 2;\r");
    EXPECT_EQ(texts(cut.up.statements), Texts{"SELECT 1"});
    EXPECT_EQ(texts(cut.down->statements), Texts{"SELECT 2"});
}

TEST(Parts, ignore_markers_in_quotes_and_comments) {
    const auto cut = parts(
        "-- migrate:up\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$\n-- migrate:down\nSELECT 1; $$;\n"
        "SELECT '\n-- migrate:down\n';\n/*\n-- migrate:down\n/* */\n-- migrate:down\n*/\n"
        "CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END;\nSELECT 1 -- "
        "migrate:down\n;");
    EXPECT_EQ(cut.up.statements.size(), 4U);
    EXPECT_FALSE(cut.down.has_value());
}

TEST(Parts, leave_comments_that_speak_of_migrating_alone) {
    for (const char* comment :
         {"-- migrate the users down", "-- migrated: up to here", "-- immigrate:upper", "-- up", "-- squawk-ignore x",
          "-- see migrate:up", "-- migrate up the ladder", "-- + migrate", "  -- plain"}) {
        EXPECT_EQ(parts(std::string("-- migrate:up\n") + comment + "\nSELECT 1;").up.statements.size(), 1U) << comment;
    }
}

struct Refusal {
    const char* name;
    std::string text;
    std::string code;
    std::size_t line;
    std::size_t column;
};

class PartRefusals : public testing::TestWithParam<Refusal> {};

TEST_P(PartRefusals, name_the_place) {
    const auto cut = revisions::cut_parts(GetParam().text, "f.sql");
    ASSERT_FALSE(cut.ok());
    EXPECT_EQ(cut.error().code, GetParam().code) << cut.error().sentence;
    ASSERT_TRUE(cut.error().span.has_value());
    EXPECT_EQ(cut.error().span->line, GetParam().line);
    EXPECT_EQ(cut.error().span->column, GetParam().column);
    EXPECT_FALSE(cut.error().hint.empty());
}

const std::string up = "-- migrate:up\n";

INSTANTIATE_TEST_SUITE_P(
    refusals, PartRefusals,
    testing::Values(
        Refusal{"no_up", "-- m\n", "HT0212", 2, 1}, Refusal{"sql_before_up", "-- m\nSELECT 1;\n" + up, "HT0206", 2, 1},
        Refusal{"sql_without_parts", "SELECT 1;\n", "HT0206", 1, 1},
        Refusal{"sql_behind_irreversible", up + "-- migrate:irreversible\nSELECT 1;", "HT0206", 3, 1},
        Refusal{"unknown", up + "-- migrate:sideways\n", "HT0210", 2, 1},
        Refusal{"upp", "-- migrate:upp\n", "HT0210", 1, 1}, Refusal{"dwon", up + "-- migrate:dwon\n", "HT0210", 2, 1},
        Refusal{"upper_case", "-- MIGRATE:UP\n", "HT0210", 1, 1},
        Refusal{"blank_behind_colon", up + "-- migrate: down\n", "HT0210", 2, 1},
        Refusal{"no_colon", up + "-- migrate down\n", "HT0210", 2, 1},
        Refusal{"migrat", up + "-- migrat:down\n", "HT0210", 2, 1},
        Refusal{"indented", up + "  -- migrate:down\n", "HT0210", 2, 3},
        Refusal{"goose", "-- +goose Up\n", "HT0210", 1, 1},
        Refusal{"sql_migrate", "-- +migrate Down\n", "HT0210", 1, 1},
        Refusal{"two_ups", up + "-- migrate:up\n", "HT0211", 2, 1},
        Refusal{"two_downs", up + "-- migrate:down\n-- migrate:down\n", "HT0211", 3, 1},
        Refusal{"down_first", "-- migrate:down\n" + up, "HT0211", 1, 1},
        Refusal{"backfill_first", "-- migrate:backfill\n" + up, "HT0211", 1, 1},
        Refusal{"backfill_last", up + "-- migrate:down\n-- migrate:backfill\n", "HT0211", 3, 1},
        Refusal{"down_and_irreversible", up + "-- migrate:down\n-- migrate:irreversible\n", "HT0211", 3, 1},
        Refusal{"irreversible_and_down", up + "-- migrate:irreversible\n-- migrate:down\n", "HT0211", 3, 1},
        Refusal{"bad_mode", "-- migrate:up transaction=maybe\n", "HT0213", 1, 15},
        Refusal{"bad_option", "-- migrate:up batch=5\n", "HT0213", 1, 15},
        Refusal{"bare_word", "-- migrate:up now\n", "HT0213", 1, 15},
        Refusal{"two_modes", "-- migrate:up transaction=on transaction=off\n", "HT0213", 1, 30},
        Refusal{"backfill_option", up + "-- migrate:backfill batchh=5\n", "HT0213", 2, 21},
        Refusal{"backfill_batch", up + "-- migrate:backfill batch=0\n", "HT0213", 2, 21},
        Refusal{"backfill_pause", up + "-- migrate:backfill pause=soon\n", "HT0213", 2, 21},
        Refusal{"open_reason", up + "-- migrate:irreversible reason=\"x\n", "HT0213", 2, 32},
        Refusal{"commit", up + "SELECT '가'; COMMIT;", "HT0214", 2, 13},
        Refusal{"chain", up + "SELECT 1;\n/* x */ COMMIT AND CHAIN;", "HT0214", 3, 9},
        Refusal{"begin_without_transaction", "-- migrate:up transaction=off\nBEGIN;\n", "HT0214", 2, 1},
        Refusal{"rollback_in_backfill", up + "-- migrate:backfill\nROLLBACK;", "HT0214", 3, 1},
        Refusal{"vacuum_in_transaction", "-- migrate:up transaction=on\nSELECT 1; VACUUM;", "HT0215", 2, 11},
        Refusal{"vacuum_in_down", up + "-- migrate:down transaction=on\nVACUUM;", "HT0215", 3, 1},
        Refusal{"vacuum_in_backfill", up + "-- migrate:backfill\nVACUUM;", "HT0215", 3, 1},
        Refusal{"copy", up + "COPY t FROM stdin;\n1\n\\.\n", "HT0216", 2, 1},
        Refusal{"psql", up + "\\set x 1\n", "HT0217", 2, 1},
        Refusal{"unterminated_before_down", up + "SELECT 'a;\n-- migrate:down\n", "HT0218", 2, 8},
        Refusal{"parenthesis_before_down", up + "SELECT (1\n-- migrate:down\nSELECT 2);", "HT0218", 2, 8},
        Refusal{"nul", up + std::string("SELECT \0;", 9), "HT0200", 2, 8}),
    [](const auto& case_info) { return std::string(case_info.param.name); });

TEST(Parts, name_the_marker_that_was_meant) {
    EXPECT_EQ(revisions::cut_parts("-- migrate:upp\n", "f").error().hint, "write -- migrate:up");
    const auto option = revisions::cut_parts("-- migrate:up\n-- migrate:backfill batchh=5\n", "f");
    EXPECT_NE(option.error().sentence.find("'batch'"), std::string::npos);
}

TEST(Parts, allow_savepoints_and_lone_statements_by_default) {
    EXPECT_EQ(parts(up + "SAVEPOINT a; ROLLBACK TO a; RELEASE a; VACUUM;").up.statements.size(), 4U);
}

TEST(Checksums, change_with_statements_only) {
    const std::string text =
        "-- migrate:up\nALTER TABLE t ADD COLUMN a int;\n-- migrate:backfill table=t batch=5\nUPDATE t SET a = 1;\n"
        "-- migrate:down\nALTER TABLE t DROP COLUMN a;\n";
    const auto before = parts(text);
    EXPECT_EQ(before.up_checksum,
              revisions::sha256("ALTER TABLE t ADD COLUMN a int;\nbackfill table=t\nUPDATE t SET a = 1;\n"));
    EXPECT_EQ(before.down_checksum, revisions::sha256("ALTER TABLE t DROP COLUMN a;\n"));
    for (const char* same : {"-- migrate:up transaction=off\r\n-- why\r\nALTER TABLE t\r\n  -- haetae:ignore x\r\n  "
                             "ADD COLUMN a int;\r\n\r\n"
                             "-- migrate:backfill table=t batch=9 pause=1s throttle=x\r\nUPDATE t SET a = 1\r\n-- "
                             "migrate:down\r\nALTER TABLE t DROP COLUMN a;",
                             "\xEF\xBB\xBF-- migrate:up\nALTER /* x */ TABLE t ADD COLUMN a int;;\n-- migrate:backfill "
                             "table=t\nUPDATE t SET a=1;\n"
                             "-- migrate:down\nALTER TABLE t DROP COLUMN a;"}) {
        EXPECT_EQ(parts(same).up_checksum, before.up_checksum);
        EXPECT_EQ(parts(same).down_checksum, before.down_checksum);
    }
    const auto edited = [&](const std::string& from, const std::string& to) {
        std::string changed = text;
        changed.replace(changed.find(from), from.size(), to);
        return parts(changed);
    };
    EXPECT_NE(edited("a int", "a bigint").up_checksum, before.up_checksum);
    EXPECT_NE(edited("a = 1", "a = 2").up_checksum, before.up_checksum);
    EXPECT_NE(edited("table=t", "table=u").up_checksum, before.up_checksum);
    EXPECT_NE(edited("-- migrate:backfill table=t batch=5\n", "").up_checksum, before.up_checksum);
    EXPECT_EQ(edited("a int", "a bigint").down_checksum, before.down_checksum);
    EXPECT_NE(edited("DROP COLUMN a", "DROP COLUMN b").down_checksum, before.down_checksum);
}

TEST(Checksums, tell_a_semicolon_in_a_string_from_one_between_statements) {
    EXPECT_NE(parts(up + "SELECT 'a;\nSELECT b';").up_checksum, parts(up + "SELECT 'a';\nSELECT 'b';").up_checksum);
    EXPECT_EQ(revisions::sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
