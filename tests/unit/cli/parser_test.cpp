// SPDX-License-Identifier: Apache-2.0
// What a command line means, and which ones are refused with which words.
#include "cli/parser.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace haetae::cli {
namespace {

using Words = std::vector<std::string>;
using Kind = Option::Kind;

base::Result<Output> do_nothing(const Given&, Talk&) {
    return Output{};
}

Verb verb(std::string_view name, std::vector<Argument> arguments = {}, std::vector<Option> options = {}) {
    return {.name = name,
            .group = Group::run,
            .summary = "summary",
            .description = "description",
            .example = "haetae example",
            .arguments = std::move(arguments),
            .options = std::move(options),
            .run = do_nothing};
}

const Verb upgrade = verb("upgrade", {{"REV", "where to", 0, 1}}, {{"--sql", 0, Kind::flag, "", "print"}});
const Verb downgrade = verb("downgrade", {{"REV", "where to", 1, 1}});
const Verb history =
    verb("history", {},
         {{"--rev-range", 'r', Kind::value, "A:B", "which"}, {"--indicate-current", 'i', Kind::flag, "", ""}});
const Verb merge = verb("merge", {{"REV", "what", 1, Argument::any}}, {{"--message", 'm', Kind::value, "TEXT", ""}});
const Verb domain_add = verb("domain add", {{"NAME", "its name", 1, 1}});
const Verb local = verb("local", {{"start|stop|status", "what to do", 1, 1}});
const Verb deploy = verb("deploy", {{"COMMAND", "then", 0, Argument::any}});
const Verb graph = verb("graph", {}, {{"--format", 0, Kind::value, "text|dot|json", "how"}});
const Verb* const verbs[] = {&upgrade, &downgrade, &history, &merge, &domain_add, &local, &deploy, &graph};

Request parsed(const Words& words) {
    auto request = parse(verbs, words);
    if (!request) {
        ADD_FAILURE() << request.error().code << ": " << request.error().sentence;
        return {};
    }
    return std::move(request).value();
}

base::Error refused(const Words& words) {
    const auto request = parse(verbs, words);
    if (request) {
        ADD_FAILURE() << "was taken";
        return {};
    }
    return request.error();
}

TEST(Parser, reads_a_verb_with_its_argument) {
    const auto request = parsed({"upgrade", "head"});
    EXPECT_EQ(request.kind, Request::Kind::run);
    EXPECT_EQ(request.verb, &upgrade);
    EXPECT_EQ(request.given.arguments, Words{"head"});
    EXPECT_TRUE(request.given.options.empty());
}

TEST(Parser, takes_options_before_and_after_the_verb_and_its_arguments) {
    const std::vector<Words> orders{{"-C", "dir", "upgrade", "head", "-d", "users", "--sql"},
                                    {"upgrade", "-d", "users", "--sql", "head", "-C", "dir"},
                                    {"-d", "users", "-C", "dir", "upgrade", "--sql", "head"}};
    for (const Words& words : orders) {
        const auto request = parsed(words);
        EXPECT_EQ(request.verb, &upgrade);
        EXPECT_EQ(request.given.arguments, Words{"head"});
        EXPECT_EQ(request.given.value("--directory"), "dir");
        EXPECT_EQ(request.given.values("--domain"), Words{"users"});
        EXPECT_TRUE(request.given.has("--sql"));
    }
}

TEST(Parser, an_option_takes_exactly_one_value) {
    const auto request = parsed({"upgrade", "-d", "users", "head"});
    EXPECT_EQ(request.given.values("--domain"), Words{"users"});
    EXPECT_EQ(request.given.arguments, Words{"head"});
}

TEST(Parser, gathers_a_repeated_option_in_order) {
    const auto request = parsed({"-d", "users", "upgrade", "--domain=character", "-dauth"});
    EXPECT_EQ(request.given.values("--domain"), (Words{"users", "character", "auth"}));
}

TEST(Parser, a_relative_id_is_an_argument) {
    EXPECT_EQ(parsed({"downgrade", "-1"}).given.arguments, Words{"-1"});
    EXPECT_EQ(parsed({"upgrade", "+2"}).given.arguments, Words{"+2"});
    EXPECT_EQ(parsed({"downgrade", "-d", "users", "-12"}).given.arguments, Words{"-12"});
    EXPECT_EQ(parsed({"downgrade", "users@-1"}).given.arguments, Words{"users@-1"});
}

TEST(Parser, a_relative_range_is_a_value_attached_or_not) {
    for (const Words& words : {Words{"history", "-r", "-2:"}, Words{"history", "-r-2:"}, Words{"history", "-r=-2:"},
                               Words{"history", "--rev-range", "-2:"}, Words{"history", "--rev-range=-2:"},
                               Words{"history", "-ir", "-2:"}, Words{"history", "-ir-2:"}}) {
        EXPECT_EQ(parsed(words).given.value("--rev-range"), "-2:") << words[1];
    }
}

TEST(Parser, a_cluster_of_letters_is_each_of_them) {
    const auto request = parsed({"history", "-iqv"});
    EXPECT_TRUE(request.given.has("--indicate-current"));
    EXPECT_TRUE(request.given.has("--quiet"));
    EXPECT_TRUE(request.given.has("--verbose"));
}

TEST(Parser, two_dashes_end_the_options) {
    const auto request = parsed({"deploy", "-q", "--", "psql", "-v", "--", "-1"});
    EXPECT_EQ(request.given.arguments, (Words{"psql", "-v", "--", "-1"}));
    EXPECT_FALSE(request.given.has("--verbose"));
}

TEST(Parser, a_lone_dash_is_an_argument) {
    EXPECT_EQ(parsed({"merge", "-"}).given.arguments, Words{"-"});
}

TEST(Parser, a_message_may_begin_with_a_dash_when_it_is_prose_or_attached) {
    EXPECT_EQ(parsed({"merge", "a", "-m", "- both sides"}).given.value("--message"), "- both sides");
    EXPECT_EQ(parsed({"merge", "a", "-m", "-fix the index"}).given.value("--message"), "-fix the index");
    EXPECT_EQ(parsed({"merge", "a", "--message=--sql"}).given.value("--message"), "--sql");
    EXPECT_EQ(parsed({"merge", "a", "-m", "a = b"}).given.value("--message"), "a = b");
    EXPECT_EQ(parsed({"merge", "a", "-ma=b"}).given.value("--message"), "a=b");
}

TEST(Parser, reads_verbs_of_two_words) {
    EXPECT_EQ(parsed({"domain", "add", "shop"}).verb, &domain_add);
    EXPECT_EQ(parsed({"domain", "-q", "add", "shop"}).verb, &domain_add);
    EXPECT_EQ(parsed({"domain", "add", "shop"}).given.arguments, Words{"shop"});
}

TEST(Parser, half_a_verb_names_the_other_halves) {
    const auto error = refused({"domain"});
    EXPECT_EQ(error.code, "HT0111");
    EXPECT_NE(error.hint.find("haetae domain add"), std::string::npos);
    EXPECT_EQ(refused({"domain", "shop"}).code, "HT0101");
    EXPECT_NE(refused({"domain", "ad"}).hint.find("haetae domain add"), std::string::npos);
}

TEST(Parser, an_unknown_verb_names_the_nearest) {
    const auto error = refused({"upgarde", "head"});
    EXPECT_EQ(error.code, "HT0101");
    EXPECT_NE(error.hint.find("haetae upgrade"), std::string::npos);
}

TEST(Parser, an_unknown_option_names_the_nearest) {
    const auto error = refused({"upgrade", "--slq"});
    EXPECT_EQ(error.code, "HT0103");
    EXPECT_NE(error.hint.find("--sql"), std::string::npos);
    EXPECT_EQ(refused({"upgrade", "-x"}).code, "HT0103");
    EXPECT_EQ(refused({"--sql", "upgrade"}).code, "HT0103");
    EXPECT_EQ(refused({"upgrade", "--version"}).code, "HT0103");
}

TEST(Parser, an_option_is_not_shortened) {
    EXPECT_EQ(refused({"merge", "a", "--mess", "text"}).code, "HT0103");
}

TEST(Parser, an_option_without_its_value_is_refused) {
    EXPECT_EQ(refused({"upgrade", "-d"}).code, "HT0104");
    EXPECT_EQ(refused({"upgrade", "-d", "--sql"}).code, "HT0104");
    EXPECT_EQ(refused({"upgrade", "-d", "-q", "head"}).code, "HT0104");
    EXPECT_EQ(refused({"merge", "a", "-m", "--", "x"}).code, "HT0104");
}

TEST(Parser, an_option_that_counts_once_is_refused_twice) {
    EXPECT_EQ(refused({"-e", "local", "upgrade", "-e", "production"}).code, "HT0105");
    EXPECT_EQ(refused({"upgrade", "--url", "a", "--url=a"}).code, "HT0105");
    EXPECT_EQ(parsed({"-q", "upgrade", "-q"}).verb, &upgrade);
}

TEST(Parser, a_switch_takes_no_value) {
    EXPECT_EQ(refused({"upgrade", "--sql=yes"}).code, "HT0106");
}

TEST(Parser, a_closed_choice_takes_only_its_words) {
    EXPECT_EQ(refused({"upgrade", "--format", "xml"}).code, "HT0106");
    EXPECT_TRUE(parsed({"upgrade", "--format", "json"}).given.json());
    EXPECT_EQ(parsed({"local", "stop"}).given.arguments, Words{"stop"});
    const auto error = refused({"local", "stpo"});
    EXPECT_EQ(error.code, "HT0106");
    EXPECT_NE(error.hint.find("stop"), std::string::npos);
}

TEST(Parser, a_verb_may_replace_a_common_option) {
    EXPECT_EQ(parsed({"graph", "--format", "dot"}).given.value("--format"), "dot");
    EXPECT_EQ(refused({"graph", "--format", "xml"}).code, "HT0106");
}

TEST(Parser, missing_and_superfluous_arguments_are_refused) {
    EXPECT_EQ(refused({"downgrade"}).code, "HT0107");
    EXPECT_EQ(refused({"merge"}).code, "HT0107");
    EXPECT_EQ(refused({"upgrade", "head", "users"}).code, "HT0108");
    EXPECT_EQ(parsed({"merge", "a", "b", "c"}).given.arguments.size(), 3U);
}

TEST(Parser, empty_values_and_arguments_are_refused) {
    EXPECT_EQ(refused({"upgrade", ""}).code, "HT0109");
    EXPECT_EQ(refused({"upgrade", "--url", ""}).code, "HT0109");
    EXPECT_EQ(refused({"upgrade", "--url="}).code, "HT0109");
    EXPECT_EQ(refused({"upgrade", "-d="}).code, "HT0109");
    EXPECT_EQ(refused({""}).code, "HT0101");
}

TEST(Parser, help_wins_over_what_is_missing) {
    EXPECT_EQ(parsed({"--help"}).kind, Request::Kind::program_help);
    EXPECT_EQ(parsed({"downgrade", "--help"}).kind, Request::Kind::verb_help);
    EXPECT_EQ(parsed({"downgrade", "-h"}).verb, &downgrade);
    EXPECT_EQ(parsed({"domain", "--help"}).kind, Request::Kind::program_help);
}

TEST(Parser, the_version_is_asked_before_any_verb) {
    EXPECT_EQ(parsed({"--version"}).kind, Request::Kind::version);
    EXPECT_TRUE(parsed({"-V", "-v"}).given.has("--verbose"));
}

TEST(Parser, no_words_are_no_error) {
    EXPECT_EQ(parsed({}).kind, Request::Kind::nothing);
    EXPECT_EQ(parsed({"-q"}).kind, Request::Kind::nothing);
}

}  // namespace
}  // namespace haetae::cli
