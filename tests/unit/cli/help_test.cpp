// SPDX-License-Identifier: Apache-2.0
// Help is written from the verbs' data.
#include "cli/help.hpp"

#include <gtest/gtest.h>

namespace haetae::cli {
namespace {

const Verb show{.name = "show",
                .group = Group::look,
                .summary = "one revision in full",
                .description = "Shows it.",
                .example = "haetae show head",
                .arguments = {{"REV", "which", 1, Argument::any}, {"FILE", "where", 0, 1}},
                .options = {{"--format", 0, Option::Kind::value, "text|dot", "how"}},
                .run = nullptr};
const Verb upgrade{.name = "upgrade",
                   .group = Group::run,
                   .summary = "forward",
                   .description = "Goes.",
                   .example = "haetae upgrade",
                   .run = nullptr};
const Verb* const verbs[] = {&show, &upgrade};

TEST(Help, names_only_groups_that_have_verbs) {
    const auto text = program_help(verbs);
    EXPECT_NE(text.find("\nLook\n  show"), std::string::npos);
    EXPECT_NE(text.find("\nRun\n  upgrade"), std::string::npos);
    EXPECT_EQ(text.find("\nProtect\n"), std::string::npos);
}

TEST(Help, shows_which_arguments_are_optional_and_which_repeat) {
    EXPECT_EQ(usage_of(show), "haetae show [OPTIONS] REV... [FILE]");
}

TEST(Help, shows_a_replaced_common_option_once) {
    const auto text = verb_help(show);
    EXPECT_NE(text.find("--format text|dot"), std::string::npos);
    EXPECT_EQ(text.find("--format text|json"), std::string::npos);
    EXPECT_NE(text.find("--no-color"), std::string::npos);
    EXPECT_TRUE(text.ends_with("Example\n  haetae show head\n"));
}

TEST(Help, an_unknown_verb_names_the_nearest) {
    const auto found = find_verb(verbs, "upgrde");
    ASSERT_FALSE(found.ok());
    EXPECT_EQ(found.error().code, "HT0101");
    EXPECT_NE(found.error().hint.find("haetae upgrade"), std::string::npos);
}

}  // namespace
}  // namespace haetae::cli
