// SPDX-License-Identifier: Apache-2.0
// New revision files: what is written is what was meant, or nothing is.
#include "revisions/template.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>

#include "os/file.hpp"
#include "revisions/header.hpp"
#include "revisions/parts.hpp"

using namespace haetae;

namespace {

graph::Revision revision() {
    graph::Revision made;
    made.domain = graph::DomainName("character");
    made.id = graph::RevisionId("9f3c1a7b2d4e");
    made.parents = {graph::RevisionId("1b2c")};
    made.message = "add grade";
    made.created = "2026-11-22 10:00:00+00:00";
    return made;
}

settings::Domain domain() {
    return {.name = graph::DomainName("character"),
            .folder = "migrations/character",
            .schema = "game",
            .version_schema = "game"};
}

std::string written(const graph::Revision& made, const std::string& from, const revisions::RevisionSql& sql = {}) {
    const auto text = revisions::revision_text(made, sql, domain(), {from, "migrations/character/template.sql"});
    return text ? *text : text.error().code + " " + text.error().sentence;
}

TEST(DefaultTemplate, leaves_out_what_is_not_said) {
    EXPECT_EQ(written(revision(), revisions::default_template().text, {"CREATE TABLE t ();\n", "DROP TABLE t;"}),
              "-- add grade\n--\n-- Revision ID: 9f3c1a7b2d4e\n-- Revises: 1b2c\n-- Create Date: 2026-11-22 "
              "10:00:00+00:00\n\n"
              "-- migrate:up\nCREATE TABLE t ();\n\n-- migrate:down\nDROP TABLE t;\n");
}

TEST(DefaultTemplate, writes_a_base_and_everything_that_a_header_can_say) {
    auto made = revision();
    made.parents = {};
    made.message = "등급 추가: 하나";
    made.depends_on = {{graph::DomainName("users"), "77aa"}, {std::nullopt, "55bb"}};
    made.labels = {graph::BranchLabel("grades"), graph::BranchLabel("b")};
    made.phase = graph::Phase::contract;
    made.replaces = {graph::RevisionId("a"), graph::RevisionId("b")};
    made.extra = {{"X-Ticket", "1"}};
    const auto text = revisions::revision_text(made, {}, domain(), revisions::default_template());
    ASSERT_TRUE(text.ok());
    auto read = revisions::parse_header(*text, "f.sql");
    ASSERT_TRUE(read.ok());
    read->domain = made.domain;
    read->file = made.file;
    EXPECT_EQ(*read, made);
}

TEST(OwnTemplate, is_filled_in_one_pass) {
    const std::string own =
        "-- ${message}\r\n-- Revision ID: ${id}\r\n-- Revises: ${revises}\r\n-- Depends on: ${depends_on}\r\n-- "
        "X-Domain: ${domain}\r\n"
        "-- migrate:up\r\nSET LOCAL search_path = ${schema};\r\n-- migrate:down\r\n";
    auto made = revision();
    made.message = "what ${id} means";
    const std::string text = written(made, own, {"SELECT '${schema}';", "SELECT 2;"});
    EXPECT_NE(text.find("-- what ${id} means\r\n"), std::string::npos) << text;
    EXPECT_EQ(text.find("Depends on"), std::string::npos);
    EXPECT_NE(text.find("-- X-Domain: character"), std::string::npos);
    EXPECT_NE(text.find("-- migrate:up\r\nSELECT '${schema}';\nSET LOCAL search_path = game;"), std::string::npos)
        << text;
    const auto cut = revisions::cut_parts(text, "f.sql");
    ASSERT_TRUE(cut.ok());
    EXPECT_EQ(cut->up.statements.size(), 2U);
    EXPECT_EQ(cut->down->statements.size(), 1U);
}

TEST(OwnTemplate, is_refused_when_it_says_something_else) {
    const std::string head = "-- ${message}\n-- Revision ID: ${id}\n";
    const std::pair<std::string, const char*> cases[] = {
        {head + "-- Revises: ${revises}\n-- Owner: ${ownr}\n-- migrate:up\n",
         "HT0220 the template has an unknown placeholder ${ownr}"},
        {head + "-- Revises: ${revises\n-- migrate:up\n", "HT0220 the template has an unknown placeholder ${revises"},
        {head + "-- Revises: abcd\n-- migrate:up\n", "HT0221"},
        {head + "-- migrate:up\n", "HT0201"},
        {"-- fixed\n-- Revision ID: ${id}\n-- Revises: ${revises}\n-- migrate:up\n", "HT0221"},
        {head + "-- Revises: ${revises}\n", "HT0212"},
        {head + "-- Revises: ${revises}\n-- migrate:up\nCOMMIT;", "HT0214"}};
    for (const auto& [own, says] : cases)
        EXPECT_EQ(written(revision(), own).rfind(says, 0), 0U) << written(revision(), own);
    EXPECT_EQ(written(revision(), head + "-- Revises: ${revises}\n-- migrate:up\n", {"", "SELECT 1;"}).substr(0, 6),
              "HT0221");
    const auto misspelt = revisions::revision_text(revision(), {}, domain(), {"-- ${mesage}\n", "t.sql"});
    EXPECT_EQ(misspelt.error().hint, "the nearest is ${message}");
    EXPECT_EQ(misspelt.error().span->column, 4U);
}

TEST(Messages, that_a_header_cannot_hold_are_refused) {
    for (const char* message : {"two\nlines", "Revises: b", "migrate:up", " blank", "Phase: two", "caf\xE9"}) {
        auto made = revision();
        made.message = message;
        EXPECT_EQ(written(made, revisions::default_template().text).substr(0, 6), "HT0222") << message;
    }
    for (const char* message : {"", "Fix: prices", "X-A: b", "한국어 메시지", "-- dashes", "it's 100% ${done}"}) {
        auto made = revision();
        made.message = message;
        EXPECT_NE(written(made, revisions::default_template().text).substr(0, 2), "HT") << message;
    }
}

TEST(FileNames, are_made_of_day_id_and_slug) {
    const std::pair<const char*, const char*> cases[] = {
        {"Create accounts", "20261122_9f3c1a7b2d4e_create_accounts.sql"},
        {"Add 'grade' -- to: characters!", "20261122_9f3c1a7b2d4e_add_grade_to_characters.sql"},
        {"등급 추가", "20261122_9f3c1a7b2d4e.sql"},
        {"등급 grade 추가 2", "20261122_9f3c1a7b2d4e_grade_2.sql"},
        {"", "20261122_9f3c1a7b2d4e.sql"},
        {"../../etc/passwd", "20261122_9f3c1a7b2d4e_etc_passwd.sql"},
        {"one two three four five six seven eight nine ten",
         "20261122_9f3c1a7b2d4e_one_two_three_four_five_six_seven_eight.sql"},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
         "20261122_9f3c1a7b2d4e_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.sql"}};
    for (const auto& [message, name] : cases) {
        auto made = revision();
        made.message = message;
        EXPECT_EQ(revisions::file_name_of(made), name);
    }
}

TEST(NewIds, are_twelve_hex_digits_and_differ) {
    const std::string a = revisions::new_revision_id();
    EXPECT_EQ(a.size(), 12U);
    EXPECT_EQ(a.find_first_not_of("0123456789abcdef"), std::string::npos);
    EXPECT_NE(a, revisions::new_revision_id());
}

TEST(Writing, makes_the_folder_and_never_overwrites) {
    std::string root = "/tmp/haetae_template_XXXXXX";
    ASSERT_NE(::mkdtemp(root.data()), nullptr);
    const settings::Settings settings{.root = root};
    const auto file = revisions::write_revision(settings, domain(), revision(), "-- a\n");
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(*file, "migrations/character/versions/20261122_9f3c1a7b2d4e_add_grade.sql");
    EXPECT_EQ(*os::read_file(os::join(root, *file), 100), "-- a\n");
    const auto second = revisions::write_revision(settings, domain(), revision(), "-- b\n");
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, "HT0223");
    EXPECT_EQ(*os::read_file(os::join(root, *file), 100), "-- a\n");

    EXPECT_EQ(revisions::template_of(settings, domain())->text, revisions::default_template().text);
    ASSERT_TRUE(os::write_file(os::join(root, "migrations/character/template.sql"), "own").ok());
    EXPECT_EQ(revisions::template_of(settings, domain())->text, "own");
    std::filesystem::remove_all(root);
}

}  // namespace
