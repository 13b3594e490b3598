// SPDX-License-Identifier: Apache-2.0
// The address language: what is read as what, what it resolves to, and the help of each refusal.
#include "graph/address.hpp"

#include <gtest/gtest.h>

#include "kit/history.hpp"

namespace haetae::graph {

namespace {

using Anchor = Address::Anchor;

const DomainName users("users");
const DomainName game("game");
const DomainName both[] = {users, game};

constexpr const char* lin = "aaaa01; aaaa02 < aaaa01; bbbb03 < aaaa02; cccc04 < bbbb03; dddd05 < cccc04";
constexpr const char* dep = "core01 [core]; core02 < core01; nets01 [net]; nets02 < nets01 ~ core02; nets03 < nets02";

Address parsed(std::string_view text) {
    auto address = parse_address(text, both);
    EXPECT_TRUE(address.ok()) << text << ": " << (address ? "" : address.error().sentence);
    return address ? address.value() : Address{};
}

std::string code_of(std::string_view text) {
    const auto address = parse_address(text, both);
    return address ? "none" : address.error().code;
}

std::string meaning(const Graph& graph, std::string_view text, std::optional<std::string_view> rows = std::nullopt) {
    Where where{.domains = {graph.domains().begin(), graph.domains().end()}};
    if (rows) {
        where.current.emplace();
        for (const auto& id : kit::ids(*rows))
            where.current->push_back(*graph.find(graph.domains().front(), id.text()));
    }
    const auto address = parse_address(text, graph.domains());
    if (!address) return address.error().code;
    const auto found = resolve(graph, address.value(), where);
    return found ? kit::names(graph, found->nodes) : found.error().code;
}

std::string range(const Graph& graph, std::string_view text, std::optional<std::string_view> rows = std::nullopt) {
    Where where{.domains = {graph.domains().begin(), graph.domains().end()}};
    if (rows) {
        where.current.emplace();
        for (const auto& id : kit::ids(*rows))
            where.current->push_back(*graph.find(graph.domains().front(), id.text()));
    }
    const auto parts = parse_range(text, graph.domains());
    if (!parts) return parts.error().code;
    const auto found = resolve_range(graph, parts.value(), where);
    return found ? kit::names(graph, found.value()) : found.error().code;
}

TEST(Parse, EachPartHasItsPlace) {
    const auto address = parsed("users:left@v1.0-3");
    EXPECT_EQ(address.domain, users);
    EXPECT_EQ(address.branch, "left");
    EXPECT_EQ(address.anchor, Anchor::name);
    EXPECT_EQ(address.name, "v1.0");
    EXPECT_EQ(address.steps, -3);
    EXPECT_EQ(address.whole, "v1.0-3");
    EXPECT_EQ(parsed("+2").anchor, Anchor::here);
    EXPECT_EQ(parsed("left@+2").steps, 2);
    EXPECT_EQ(parsed("head-1").anchor, Anchor::head);
    EXPECT_EQ(parsed("users:base").anchor, Anchor::base);
    EXPECT_EQ(parsed("game:heads").anchor, Anchor::heads);
    EXPECT_EQ(parsed("current").anchor, Anchor::current);
    EXPECT_EQ(parsed("header").anchor, Anchor::name);
    EXPECT_EQ(parsed("+99999999999999999999").steps, 1'000'000'000);
}

TEST(Parse, WhatIsNoAddressIsRefused) {
    for (const char* text : {"", "+", "-", "+1x", "-1x", "aa+1x", "aa+", "left@", "@head", "a@b@c", "users:", "+0",
                             "-0", "++1", "--1", "-1-1", "+1+1", "left@+1x"}) {
        EXPECT_EQ(code_of(text), "HT0151") << text;
    }
    for (const char* text : {"a:b", "a..b", ":b", "a:", "shop:aa01", "users:a:b", "users:a..b"}) {
        EXPECT_EQ(code_of(text), "HT0159") << text;
    }
}

TEST(Parse, ARangeHasTwoEndsAndOneSeparator) {
    EXPECT_EQ(parse_range("a:b", both)->to->name, "b");
    EXPECT_FALSE(parse_range(":b", both)->from.has_value());
    EXPECT_FALSE(parse_range("a..", both)->to.has_value());
    EXPECT_EQ(parse_range("users:a..game:b", both)->to->domain, game);
    EXPECT_EQ(parse_range("-2:", both)->from->steps, -2);
    for (const char* text : {"a", "a:b:c", "a..b..c", "users:a", ""}) {
        const auto parts = parse_range(text, both);
        ASSERT_FALSE(parts.ok()) << text;
        EXPECT_EQ(parts.error().code, "HT0159") << text;
    }
}

TEST(Resolve, AnExactNameWinsOverABeginningAndOverSteps) {
    const auto graph = kit::graph_of({{"main", "aaaa; aaaab < aaaa; cc03 < aaaab [v1-2]; v1 < cc03"}});
    EXPECT_EQ(meaning(graph, "aaaa"), "aaaa");
    EXPECT_EQ(meaning(graph, "v1-2"), "cc03");
    EXPECT_EQ(meaning(graph, "v1-1"), "cc03");
    EXPECT_EQ(meaning(graph, "v1-3"), "aaaa");
}

TEST(Resolve, OneRevisionByTwoNamesIsNotAmbiguous) {
    const auto graph = kit::graph_of({{"main", "left01 [left]; right01 < left01"}});
    EXPECT_EQ(meaning(graph, "lef"), "left01");
}

TEST(Resolve, ABeginningIsSoughtInsideItsBranch) {
    const auto graph = kit::graph_of({{"main", "base01; aaaa01 < base01 [left]; aaaa02 < base01"}});
    EXPECT_EQ(meaning(graph, "aaaa"), "HT0152");
    EXPECT_EQ(meaning(graph, "left@aaaa"), "aaaa01");
}

TEST(Resolve, StepsCountFromTheRows) {
    const auto graph = kit::graph_of({{"main", lin}});
    EXPECT_EQ(meaning(graph, "+1"), "HT0164");
    EXPECT_EQ(meaning(graph, "current"), "HT0164");
    EXPECT_EQ(meaning(graph, "+1", "bbbb03"), "cccc04");
    EXPECT_EQ(meaning(graph, "-1", "bbbb03"), "aaaa02");
    EXPECT_EQ(meaning(graph, "-3", "bbbb03"), "");
    EXPECT_EQ(meaning(graph, "current", "bbbb03"), "bbbb03");
    EXPECT_EQ(meaning(graph, "current-1", "bbbb03"), "aaaa02");
    EXPECT_EQ(meaning(graph, "base+2"), "aaaa02");
    EXPECT_EQ(meaning(graph, "base-1"), "HT0154");
    EXPECT_EQ(meaning(graph, "head-0"), "dddd05");
    EXPECT_EQ(meaning(graph, "+999999999", "aaaa01"), "HT0154");
}

TEST(Resolve, TheHelpOfAnUnknownNameLooksForWhatWasMeant) {
    const auto graph = kit::graph_of({{"users", "Abcd01"}, {"game", "gg01"}});
    const auto help = [&](const char* text) {
        return resolve(graph, parse_address(text, graph.domains()).value(), {.domains = {users}}).error().hint;
    };
    EXPECT_NE(help("abcd01").find("users:Abcd01"), std::string::npos);
    EXPECT_NE(help("gg01").find("-d game"), std::string::npos);
    EXPECT_NE(help("zzzz").find("haetae history"), std::string::npos);
}

TEST(ResolveOne, WantsExactlyOne) {
    const auto graph = kit::graph_of({{"main", "aa01; bb02 < aa01; cc03 < aa01"}});
    const Where where{.domains = {DomainName("main")}};
    const auto code = [&](const char* text) {
        const auto node = resolve_one(graph, parse_address(text, {}).value(), where);
        return node ? graph.at(node.value()).id.text() : node.error().code;
    };
    EXPECT_EQ(code("bb02"), "bb02");
    EXPECT_EQ(code("heads"), "HT0153");
    EXPECT_EQ(code("base"), "HT0163");
}

TEST(HistoryRange, BothEndsCountAndEitherMayBeOpen) {
    const auto graph = kit::graph_of({{"main", lin}});
    EXPECT_EQ(range(graph, "aaaa02:bbbb03"), "bbbb03 aaaa02");
    EXPECT_EQ(range(graph, "bbbb:"), "dddd05 cccc04 bbbb03");
    EXPECT_EQ(range(graph, ":bbbb"), "bbbb03 aaaa02 aaaa01");
    EXPECT_EQ(range(graph, "aaaa02..bbbb03"), "bbbb03 aaaa02");
    EXPECT_EQ(range(graph, "base:head"), "dddd05 cccc04 bbbb03 aaaa02 aaaa01");
    EXPECT_EQ(range(graph, ":"), "dddd05 cccc04 bbbb03 aaaa02 aaaa01");
    EXPECT_EQ(range(graph, ":base"), "");
    EXPECT_EQ(range(graph, "bbbb03:bbbb03"), "bbbb03");
}

TEST(HistoryRange, StepsAreTakenAtEitherEnd) {
    const auto graph = kit::graph_of({{"main", lin}});
    EXPECT_EQ(range(graph, ":+2"), "aaaa02 aaaa01");
    EXPECT_EQ(range(graph, "current:+2", "aaaa02"), "cccc04 bbbb03 aaaa02");
    EXPECT_EQ(range(graph, "-2:current", "cccc04"), "cccc04 bbbb03 aaaa02");
    EXPECT_EQ(range(graph, "-3:"), "dddd05 cccc04 bbbb03 aaaa02");
    EXPECT_EQ(range(graph, "head-2:head"), "dddd05 cccc04 bbbb03");
    EXPECT_EQ(range(graph, "aaaa02+1:head"), "dddd05 cccc04 bbbb03");
    EXPECT_EQ(range(graph, "-99:"), "HT0154");
    EXPECT_EQ(range(graph, "-1:+1"), "HT0159");
    EXPECT_EQ(range(graph, "current:", ""), "dddd05 cccc04 bbbb03 aaaa02 aaaa01");
}

TEST(HistoryRange, EndsThatDoNotStandOnEachOtherAreRefused) {
    const auto graph = kit::graph_of({{"main", "aa01; bb02 < aa01; cc03 < aa01"}});
    EXPECT_EQ(range(graph, "bb02:cc03"), "HT0170");
    EXPECT_EQ(range(graph, "bb02:aa01"), "HT0170");
    EXPECT_EQ(range(graph, "-1:"), "HT0156");
}

TEST(HistoryRange, ABranchAsStartShowsThatBranchAlone) {
    const auto graph = kit::graph_of({{"main", dep}});
    EXPECT_EQ(range(graph, ":net@head"), "nets03 nets02 nets01 core02 core01");
    EXPECT_EQ(range(graph, "net@base:net@head"), "nets03 nets02 nets01");
    EXPECT_EQ(range(graph, "core@base:"), "core02 core01");
}

TEST(HistoryRange, OverSeveralDomainsEachIsShownUnlessAnEndNamesOne) {
    const auto graph = kit::graph_of({{"users", "u001; u002 < u001"}, {"game", "g001; g002 < g001 ~ users:u002"}});
    EXPECT_EQ(range(graph, ":"), "game:g002 game:g001 users:u002 users:u001");
    EXPECT_EQ(range(graph, "u002:"), "users:u002");
    EXPECT_EQ(range(graph, "users:u001..users:u002"), "users:u002 users:u001");
    EXPECT_EQ(range(graph, "game:base..+1"), "game:g001");
    EXPECT_EQ(range(graph, "users:u001..game:g001"), "HT0171");
    EXPECT_EQ(range(graph, "current:", "u002"), "game:g002 game:g001 users:u002");
}

}  // namespace

}  // namespace haetae::graph
