// SPDX-License-Identifier: Apache-2.0
// One run of the program: which text goes to which stream, with which exit code.
#include "cli/program.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <vector>

#include "base/bug.hpp"
#include "cli/talk.hpp"

namespace haetae::cli {
namespace {

using Words = std::vector<std::string>;

base::Result<Output> greet(const Given& given, Talk& talk) {
    talk.note("working");
    talk.warning("careful");
    talk.detail("in detail");
    if (given.has("--fail")) return base::Error{.code = "HT0102", .sentence = "it failed"};
    if (given.has("--unknown")) return base::Error{.code = "HT9999", .sentence = "it failed"};
    BUG_IF(given.has("--bug"), "a test wants it");
    if (given.has("--where")) return Output{.text = std::filesystem::current_path().filename().string()};
    return Output{.text = "result\n", .exit_code = 1, .next = {"do more"}};
}

const Verb greet_verb{.name = "greet",
                      .group = Group::look,
                      .summary = "says hello",
                      .description = "Says it.",
                      .example = "haetae greet",
                      .options = {{"--fail", 0, Option::Kind::flag, "", ""},
                                  {"--unknown", 0, Option::Kind::flag, "", ""},
                                  {"--bug", 0, Option::Kind::flag, "", ""},
                                  {"--where", 0, Option::Kind::flag, "", ""}},
                      .run = greet};
const Verb* const verbs[] = {&greet_verb};

struct Seen {
    int exit_code = 0;
    std::string result;
    std::string talk;
};

Seen run(const Words& words, bool terminal = false, bool disk_full = false) {
    Seen seen;
    const Surroundings around{.write_result = [&](std::string_view text) -> base::Status {
                                  if (disk_full)
                                      return base::Error{.code = "HT0950",
                                                         .sentence = "the result cannot be written: no space"};
                                  seen.result += text;
                                  return base::Done{};
                              },
                              .write_talk = [&](std::string_view text) { seen.talk += text; },
                              .talk_is_terminal = terminal};
    seen.exit_code =
        run_program({.verbs = verbs, .version = "haetae 9.9", .versions = [] { return std::string("libpq 1.2\n"); }},
                    words, around);
    return seen;
}

TEST(Program, the_result_goes_to_one_stream_and_talk_to_the_other) {
    const Seen seen = run({"greet"});
    EXPECT_EQ(seen.result, "result\n");
    EXPECT_EQ(seen.talk, "note: working\nwarning: careful\ndo more\n");
    EXPECT_EQ(seen.exit_code, 1);
}

TEST(Program, what_to_do_next_stands_below_the_result) {
    std::string both;
    const Surroundings around{.write_result = [&](std::string_view text) -> base::Status {
                                  both += text;
                                  return base::Done{};
                              },
                              .write_talk = [&](std::string_view text) { both += text; }};
    run_program({.verbs = verbs, .version = "", .versions = [] { return std::string(); }}, Words{"greet"}, around);
    EXPECT_TRUE(both.ends_with("result\ndo more\n")) << both;
}

TEST(Program, quiet_leaves_warnings_and_verbose_adds_detail) {
    EXPECT_EQ(run({"greet", "-q"}).talk, "warning: careful\n");
    EXPECT_EQ(run({"-v", "greet"}).talk, "note: working\nwarning: careful\nin detail\ndo more\n");
}

TEST(Program, an_error_ends_with_the_exit_code_of_its_page_and_no_result) {
    const Seen seen = run({"greet", "--fail", "-q"});
    EXPECT_EQ(seen.exit_code, 2);
    EXPECT_EQ(seen.result, "");
    EXPECT_EQ(seen.talk, "warning: careful\nerror[HT0102]: it failed\n");
}

TEST(Program, an_error_without_a_page_is_a_defect) {
    const Seen seen = run({"greet", "--unknown"});
    EXPECT_EQ(seen.exit_code, 70);
    EXPECT_NE(seen.talk.find("please report"), std::string::npos);
}

TEST(Program, a_bug_passes_through_to_main) {
    EXPECT_THROW(run({"greet", "--bug"}), base::Bug);
}

TEST(Program, colours_only_a_terminal_and_only_where_it_may) {
    EXPECT_NE(run({"greet"}, true).talk.find("\x1b["), std::string::npos);
    EXPECT_EQ(run({"greet", "--no-color"}, true).talk.find("\x1b["), std::string::npos);
    EXPECT_EQ(run({"gret", "--no-color"}, true).talk.find("\x1b["), std::string::npos);
}

TEST(Program, works_in_the_folder_of_C) {
    const auto before = std::filesystem::current_path();
    const auto folder = std::filesystem::path(testing::TempDir()) / "haetae_program_test_folder";
    std::filesystem::create_directories(folder);
    const Seen seen = run({"-C", folder.string(), "greet", "--where"});
    std::filesystem::current_path(before);
    std::filesystem::remove(folder);
    EXPECT_EQ(seen.result, "haetae_program_test_folder");
}

TEST(Program, a_folder_that_is_not_there_is_an_error) {
    const Seen seen = run({"-C", "/nowhere/at/all", "greet"});
    EXPECT_EQ(seen.exit_code, 2);
    EXPECT_NE(seen.talk.find("error[HT0110]"), std::string::npos);
}

TEST(Program, says_with_which_code_the_verb_ended_when_its_result_is_lost) {
    const Seen seen = run({"greet"}, false, true);
    EXPECT_EQ(seen.exit_code, 2);
    EXPECT_NE(seen.talk.find("had ended with exit code 1"), std::string::npos);
}

TEST(Program, help_that_was_asked_for_is_the_result) {
    const Seen seen = run({"--help"});
    EXPECT_EQ(seen.exit_code, 0);
    EXPECT_NE(seen.result.find("greet"), std::string::npos);
    EXPECT_EQ(seen.talk, "");
    EXPECT_NE(run({"greet", "--help"}).result.find("Usage: haetae greet"), std::string::npos);
}

TEST(Program, no_verb_shows_the_help_and_is_an_error) {
    const Seen seen = run({});
    EXPECT_EQ(seen.exit_code, 2);
    EXPECT_EQ(seen.result, "");
    EXPECT_NE(seen.talk.find("greet"), std::string::npos);
}

TEST(Program, the_version_is_one_line_and_the_libraries_more) {
    EXPECT_EQ(run({"--version"}).result, "haetae 9.9\n");
    EXPECT_EQ(run({"--version", "-v"}).result, "haetae 9.9\nlibpq 1.2\n");
}

}  // namespace
}  // namespace haetae::cli
