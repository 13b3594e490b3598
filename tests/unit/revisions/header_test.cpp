// SPDX-License-Identifier: Apache-2.0
// What a header says, and every way to get one wrong, with the place that the user is shown.
#include "revisions/header.hpp"

#include <gtest/gtest.h>

using namespace haetae;

namespace {

graph::Revision header(const std::string& text) {
    auto revision = revisions::parse_header(text, "migrations/a/versions/f.sql");
    EXPECT_TRUE(revision.ok()) << (revision.ok() ? "" : revision.error().sentence);
    return revision.ok() ? std::move(revision).value() : graph::Revision{};
}

TEST(Header, says_everything_that_a_revision_is) {
    const auto revision = header(
        "-- add grade to characters\n"
        "--\n"
        "-- Revision ID: 9f3c1a7b2d4e\n"
        "-- Revises: 1b2c3d4e5f60, 77aa\n"
        "-- Depends on: users:77aa01bc23de, 55bb, users:grades\n"
        "-- Branch labels: grades, billing-v2\n"
        "-- Create Date: 2026-11-22 10:00:00+00:00\n"
        "-- Phase: expand\n"
        "-- Replaces: aa01,bb02\n"
        "-- X-Ticket: GAME-17: grades\n"
        "-- Note: this line is prose\n"
        "\n"
        "-- migrate:up\n"
        "-- Revises: in a part, a comment is a comment\n");
    graph::Revision wanted;
    wanted.id = graph::RevisionId("9f3c1a7b2d4e");
    wanted.parents = {graph::RevisionId("1b2c3d4e5f60"), graph::RevisionId("77aa")};
    wanted.depends_on = {
        {graph::DomainName("users"), "77aa01bc23de"}, {std::nullopt, "55bb"}, {graph::DomainName("users"), "grades"}};
    wanted.labels = {graph::BranchLabel("grades"), graph::BranchLabel("billing-v2")};
    wanted.message = "add grade to characters";
    wanted.created = "2026-11-22 10:00:00+00:00";
    wanted.phase = graph::Phase::expand;
    wanted.replaces = {graph::RevisionId("aa01"), graph::RevisionId("bb02")};
    wanted.extra = {{"X-Ticket", "GAME-17: grades"}};
    wanted.file = "migrations/a/versions/f.sql";
    EXPECT_EQ(revision, wanted);
}

TEST(Header, needs_no_order_no_blank_lines_and_no_message) {
    EXPECT_EQ(header("--Revises:\n--   revision id:   a.b_1  \nSELECT 1").id.text(), "a.b_1");
    EXPECT_EQ(header("-- Revises:\n-- Revision ID: a\n").message, "");
    EXPECT_EQ(header("\n\n--\n-- m\n\n-- Revision ID: a\n\n\n-- Revises: b").parents.size(), 1U);
}

TEST(Header, is_read_with_windows_line_ends_byte_order_mark_and_korean) {
    const auto revision = header(
        "\xEF\xBB\xBF-- 캐릭터에 등급 추가\r\n--\r\n-- Revision ID: a1\r\n-- Revises:\r\n-- Branch labels: 등급\r\n");
    EXPECT_EQ(revision.message, "캐릭터에 등급 추가");
    EXPECT_EQ(revision.id.text(), "a1");
    EXPECT_TRUE(revision.parents.empty());
    EXPECT_EQ(revision.labels.at(0).text(), "등급");
}

TEST(Header, takes_a_first_line_with_a_colon_as_the_message) {
    EXPECT_EQ(header("-- Revise: prices\n-- Revision ID: a\n-- Revises:\n").message, "Revise: prices");
}

TEST(Header, leaves_prose_alone) {
    for (const char* line :
         {"Please: ask before", "See: https://example.org/a", "Reviewer: Kim", "Version: 4", "note", "등급: 하나",
          "Warning: long", "Release: 7", "a very long sentence that happens to have: a colon"}) {
        EXPECT_EQ(header(std::string("-- m\n-- Revision ID: a\n-- Revises:\n-- ") + line + "\n").id.text(), "a")
            << line;
    }
}

struct Refusal {
    const char* name;
    std::string text;
    std::string code;
    std::size_t line;
    std::size_t column;
    std::string says;
};

class HeaderRefusals : public testing::TestWithParam<Refusal> {};

TEST_P(HeaderRefusals, name_the_place) {
    const auto revision = revisions::parse_header(GetParam().text, "f.sql");
    ASSERT_FALSE(revision.ok());
    const auto& error = revision.error();
    EXPECT_EQ(error.code, GetParam().code);
    ASSERT_TRUE(error.span.has_value());
    EXPECT_EQ(error.span->file, "f.sql");
    EXPECT_EQ(error.span->line, GetParam().line);
    EXPECT_EQ(error.span->column, GetParam().column);
    EXPECT_NE(error.sentence.find(GetParam().says), std::string::npos) << error.sentence;
    EXPECT_FALSE(error.hint.empty());
}

const std::string start = "-- m\n-- Revision ID: a\n-- Revises:\n";

INSTANTIATE_TEST_SUITE_P(
    refusals, HeaderRefusals,
    testing::Values(
        Refusal{"empty_file", "", "HT0201", 1, 1, "no header"},
        Refusal{"no_header", "SELECT 1;\n", "HT0201", 1, 1, "no header"},
        Refusal{"dbmate_file", "-- migrate:up\nSELECT 1;\n", "HT0201", 1, 1, "no header"},
        Refusal{"no_id", "-- m\n-- Revises: b\n", "HT0201", 2, 4, "Revision ID"},
        Refusal{"no_parent", "-- m\n-- Revision ID: b\n", "HT0201", 2, 4, "Revises"},
        Refusal{"near_key", start + "-- Revise: b\n", "HT0202", 4, 4,
                "'Revise' is not a header key; the nearest is 'Revises'"},
        Refusal{"near_key_2", start + "-- Depend on: b\n", "HT0202", 4, 4, "'Depends on'"},
        Refusal{"near_key_3", start + "-- Revision-ID: b\n", "HT0202", 4, 4, "'Revision ID'"},
        Refusal{"near_key_4", start + "-- Depends: b\n", "HT0202", 4, 4, "'Depends on'"},
        Refusal{"near_key_5", start + "-- Branch label: b\n", "HT0202", 4, 4, "'Branch labels'"},
        Refusal{"near_key_6", start + "-- create_date: b\n", "HT0202", 4, 4, "'Create Date'"},
        Refusal{"near_key_7", start + "-- Phases: data\n", "HT0202", 4, 4, "'Phase'"},
        Refusal{"twice", start + "-- revises: b\n", "HT0203", 4, 4, "twice"},
        Refusal{"extra_twice", start + "-- X-A: b\n-- x-a: c\n", "HT0203", 5, 4, "twice"},
        Refusal{"empty_id", "-- m\n-- Revision ID:\n-- Revises:\n", "HT0204", 2, 16, "no id"},
        Refusal{"reserved_id", "-- m\n-- Revision ID: head\n-- Revises:\n", "HT0204", 2, 17, "'head'"},
        Refusal{"bad_id", "-- m\n-- Revision ID: a-b\n-- Revises:\n", "HT0204", 2, 17, "'a-b'"},
        Refusal{"korean_id", "-- m\n-- Revision ID: 가나\n-- Revises:\n", "HT0204", 2, 17, "가나"},
        Refusal{"dots", "-- m\n-- Revision ID: a..b\n-- Revises:\n", "HT0204", 2, 17, "two dots"},
        Refusal{"dot_first", "-- m\n-- Revision ID: .b\n-- Revises:\n", "HT0204", 2, 17, "dot"},
        Refusal{"two_ids", "-- m\n-- Revision ID: a, b\n-- Revises:\n", "HT0204", 2, 17, "'a, b'"},
        Refusal{"parents_without_comma", "-- m\n-- Revision ID: c\n-- Revises: a b\n", "HT0204", 3, 13, "'a b'"},
        Refusal{"trailing_comma", "-- m\n-- Revision ID: c\n-- Revises: a,\n", "HT0204", 3, 15, "empty"},
        Refusal{"parent_base", "-- m\n-- Revision ID: c\n-- Revises: base\n", "HT0204", 3, 13, "'base'"},
        Refusal{"phase", start + "-- Phase: later\n", "HT0205", 4, 11, "'later'"},
        Refusal{"label_with_at", start + "-- Branch labels: a@b\n", "HT0205", 4, 19, "a@b"},
        Refusal{"label_like_a_step", start + "-- Branch labels: a-1\n", "HT0205", 4, 19, "a-1"},
        Refusal{"label_twice", start + "-- Branch labels: a, a\n", "HT0205", 4, 22, "twice"},
        Refusal{"label_heads", start + "-- Branch labels: heads\n", "HT0205", 4, 19, "heads"},
        Refusal{"dependency_without_domain", start + "-- Depends on: :b\n", "HT0205", 4, 16, "domain"},
        Refusal{"dependency_without_id", start + "-- Depends on: users:\n", "HT0205", 4, 16, "empty"},
        Refusal{"sql_behind_a_lone_carriage_return", "-- m\r SELECT 1;\n" + start, "HT0201", 1, 1, "no header"},
        Refusal{"latin1", "-- caf\xE9\n" + start, "HT0200", 1, 7, "UTF-8"}),
    [](const auto& case_info) { return std::string(case_info.param.name); });

TEST(RevisionIds, have_letters_digits_underscores_and_inner_dots) {
    for (const char* id : {"9f3c1a7b2d4e", "A_1", "1", "a.b.c", "HEAD", "20260101"})
        EXPECT_EQ(revisions::fault_of_id(id), "") << id;
    for (const char* id : {"", "head", "heads", "base", "current", "a.", "a b", "a@b", "a+1", "a:b", "a/b", "가"}) {
        EXPECT_NE(revisions::fault_of_id(id), "") << id;
    }
    EXPECT_EQ(revisions::fault_of_id(std::string(32, 'a')), "");
    EXPECT_NE(revisions::fault_of_id(std::string(33, 'a')), "");
    EXPECT_EQ(header("-- m\n-- Revision ID: " + std::string(40, 'a') + "\n-- Revises:\n").id.text().size(), 40U);
}

}  // namespace
