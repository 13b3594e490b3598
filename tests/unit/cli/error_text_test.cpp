// SPDX-License-Identifier: Apache-2.0
// The one shape of error messages.
#include "cli/error_text.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace haetae::cli {
namespace {

TEST(ErrorText, is_the_code_the_sentence_and_the_help) {
    EXPECT_EQ(error_text({.code = "HT0101", .sentence = "there is no verb 'x'", .hint = "look"}, false),
              "error[HT0101]: there is no verb 'x'\nhelp: look\n");
}

TEST(ErrorText, shows_the_line_with_carets_under_the_place) {
    const std::string text = "-- migrate:up\nCREATE TABEL t ();\n";
    const auto span = base::span_at("versions/a.sql", text, text.find("TABEL"), 5);
    EXPECT_EQ(error_text({.code = "HT0420", .sentence = "syntax error", .span = span}, false),
              "error[HT0420]: syntax error\n"
              " --> versions/a.sql:2:8\n"
              "  |\n"
              "2 | CREATE TABEL t ();\n"
              "  |        ^^^^^\n");
}

TEST(ErrorText, counts_columns_in_characters_but_places_the_caret_by_cells) {
    const std::string text = "COMMENT ON TABLE 계정 IS 오류;";
    const auto span = base::span_at("a.sql", text, text.find("오류"), std::string("오류").size());
    EXPECT_EQ(error_text({.code = "HT0420", .sentence = "x", .span = span}, false),
              "error[HT0420]: x\n"
              " --> a.sql:1:24\n"
              "  |\n"
              "1 | COMMENT ON TABLE 계정 IS 오류;\n"
              "  |                          ^^^^\n");
}

TEST(ErrorText, shows_tabs_as_blanks_and_control_characters_not_at_all) {
    const base::SourceSpan span{.file = "a.sql", .line = 10, .column = 2, .length = 1, .line_text = "\tx\x1b[31m"};
    EXPECT_EQ(error_text({.code = "HT0420", .sentence = "x", .span = span}, false),
              "error[HT0420]: x\n --> a.sql:10:2\n   |\n10 |     x [31m\n   |     ^\n");
}

TEST(ErrorText, shows_a_window_of_a_very_long_line) {
    const base::SourceSpan span{.file = "a.sql",
                                .line = 1,
                                .column = 5001,
                                .length = 3,
                                .line_text = std::string(5000, 'a') + "BAD" + std::string(5000, 'b')};
    const auto text = error_text({.code = "HT0420", .sentence = "x", .span = span}, false);
    EXPECT_LT(text.size(), 500U);
    EXPECT_NE(text.find("aBADb"), std::string::npos);
    const auto line_begin = text.find("1 | ") + 4;
    const auto caret_begin = text.rfind("  | ") + 4;
    // The ellipsis before the line takes three bytes and one cell.
    EXPECT_EQ(text.find("BAD") - line_begin - 2, text.find('^') - caret_begin);
}

TEST(ErrorText, names_a_file_alone_where_no_line_is_known) {
    EXPECT_EQ(
        error_text({.code = "HT0420", .sentence = "x", .span = base::SourceSpan{.file = "a.sql", .line_text = ""}},
                   false),
        "error[HT0420]: x\n --> a.sql\n");
    const base::SourceSpan only_line{.file = "a.sql", .line = 3, .column = 0, .line_text = "text"};
    EXPECT_EQ(error_text({.code = "HT0420", .sentence = "x", .span = only_line}, false),
              "error[HT0420]: x\n --> a.sql:3\n  |\n3 | text\n");
}

TEST(ErrorText, a_place_past_the_end_of_the_line_still_has_a_caret) {
    const auto span = base::span_at("a.sql", "SELECT", 6);
    EXPECT_NE(error_text({.code = "HT0420", .sentence = "x", .span = span}, false).find("  |       ^\n"),
              std::string::npos);
}

TEST(ErrorText, lists_detail_clauses_database_and_help_in_this_order) {
    EXPECT_EQ(error_text({.code = "HT0601",
                          .sentence = "x",
                          .hint = "first\nsecond",
                          .detail = "Key (id)=(1) already exists.",
                          .clauses = {"in revision 9f3c", "while upgrading users"},
                          .database_state = "users is at 1b2c"},
                         false),
              "error[HT0601]: x\n"
              "detail: Key (id)=(1) already exists.\n"
              "  in revision 9f3c\n"
              "  while upgrading users\n"
              "database: users is at 1b2c\n"
              "help: first\n"
              "      second\n");
}

TEST(ErrorText, is_coloured_only_when_asked) {
    EXPECT_NE(error_text({.code = "HT0101", .sentence = "x"}, true).find("\x1b["), std::string::npos);
}

TEST(ExitCode, is_the_one_of_the_page) {
    EXPECT_EQ(exit_code_of({.code = "HT0101", .sentence = "x"}), 2);
}

TEST(ExitCode, of_a_code_without_page_is_that_of_a_defect) {
    EXPECT_EQ(exit_code_of({.code = "HT9999", .sentence = "x"}), 70);
}

}  // namespace
}  // namespace haetae::cli
