// SPDX-License-Identifier: Apache-2.0
// Talk on a terminal and in a log.
#include "cli/talk.hpp"

#include <gtest/gtest.h>

namespace haetae::cli {
namespace {

TEST(Talk, progress_in_a_log_is_a_line_a_step) {
    std::string seen;
    Talk talk({}, [&](std::string_view text) { seen += text; });
    talk.progress({1, 2, "users"});
    talk.progress({1, 2, "users"});
    talk.progress({2, 2, "character"});
    EXPECT_EQ(seen, "[1/2] users\n[2/2] character\n");
}

TEST(Talk, progress_on_a_terminal_redraws_one_line_and_goes_away) {
    std::string seen;
    {
        Talk talk({.terminal = true, .width = 40}, [&](std::string_view text) { seen += text; });
        talk.progress({1, 2, "users"});
        EXPECT_EQ(seen, "\r\x1b[K[##########..........] 1/2 users");
    }
    EXPECT_TRUE(seen.ends_with("\r\x1b[K"));
}

TEST(Talk, asks_where_somebody_can_answer_and_wipes_the_bar_first) {
    std::string seen;
    Talk silent({}, [&](std::string_view text) { seen += text; });
    EXPECT_FALSE(silent.can_ask());
    EXPECT_EQ(silent.ask("name? "), std::nullopt);

    Talk talk(
        {.quiet = true}, [&](std::string_view text) { seen += text; },
        [&](std::string_view question) {
            seen += question;
            return std::optional<std::string>("game");
        });
    EXPECT_TRUE(talk.can_ask());
    EXPECT_EQ(talk.ask("name? "), "game");
    EXPECT_EQ(seen, "name? ");
}

TEST(Talk, a_line_stands_above_the_bar) {
    std::string seen;
    Talk talk({.terminal = true, .width = 40}, [&](std::string_view text) { seen += text; });
    talk.progress({1, 2, "users"});
    seen.clear();
    talk.line("a notice");
    EXPECT_EQ(seen, "\r\x1b[Ka notice\n[##########..........] 1/2 users");
}

TEST(Talk, is_silent_when_quiet_but_for_warnings) {
    std::string seen;
    Talk talk({.quiet = true, .terminal = true}, [&](std::string_view text) { seen += text; });
    talk.progress({1, 2, "users"});
    talk.line("line");
    talk.note("note");
    talk.warning("mind this");
    EXPECT_EQ(seen, "warning: mind this\n");
}

}  // namespace
}  // namespace haetae::cli
