// SPDX-License-Identifier: Apache-2.0
// Plans over several domains: their own version rows, dependencies between them, and what a named domain protects.
#include <gtest/gtest.h>

#include "kit/history.hpp"
#include "kit/random_graph.hpp"
#include "plan/plan.hpp"

namespace haetae::plan {

namespace {

using graph::DomainName;

const DomainName users("users");
const DomainName game("game");

/// game's second revision needs users' second.
graph::Graph two_domains() {
    return kit::graph_of(
        {{"users", "u001; u002 < u001; u003 < u002"}, {"game", "g001; g002 < g001 ~ users:u002; g003 < g002"}});
}

Scope everything() {
    return {.domains = {users, game}};
}
Scope only(const DomainName& domain) {
    return {.domains = {domain}, .named = true};
}

std::string steps(const graph::Graph& graph, const base::Result<Plan>& plan) {
    if (!plan) return plan.error().code;
    std::vector<graph::Node> nodes;
    for (const auto& step : plan->steps) nodes.push_back(step.node);
    return kit::names(graph, nodes);
}

TEST(Domains, HeadMeansTheHeadOfEachDomainInDependencyOrder) {
    const auto graph = two_domains();
    EXPECT_EQ(steps(graph, plan_upgrade(graph, {}, everything(), "head")),
              "users:u001 users:u002 users:u003 game:g001 game:g002 game:g003");
}

TEST(Domains, WhatANamedDomainDependsOnComesAlongAndIsSaid) {
    const auto graph = two_domains();
    const auto plan = plan_upgrade(graph, {}, only(game), "head");
    EXPECT_EQ(steps(graph, plan), "users:u001 users:u002 game:g001 game:g002 game:g003");
    EXPECT_EQ(plan->notes, std::vector<std::string>{"users: 2 revisions that the target depends on come along"});
}

TEST(Domains, ADependencyAcrossDomainsNeverRemovesTheRowOfTheOtherDomain) {
    const auto graph = two_domains();
    const auto plan = plan_upgrade(graph, {{users, kit::ids("u002")}}, everything(), "g002");
    ASSERT_TRUE(plan.ok());
    EXPECT_EQ(plan->steps.back().from, kit::ids("g001"));
    EXPECT_EQ(plan->steps.back().to, kit::ids("g002"));
    EXPECT_EQ(
        plan->steps.back().row_changes,
        std::vector<RowChange>(
            {{.kind = RowChange::Kind::update, .from = graph::RevisionId("g001"), .to = graph::RevisionId("g002")}}));
}

TEST(Domains, DowngradeToBaseUndoesDependentsFirst) {
    const auto graph = two_domains();
    const VersionRows rows{{users, kit::ids("u003")}, {game, kit::ids("g003")}};
    EXPECT_EQ(steps(graph, plan_downgrade(graph, rows, everything(), "base")),
              "game:g003 game:g002 game:g001 users:u003 users:u002 users:u001");
}

TEST(Domains, ANamedDomainIsNotDowngradedUnderItsDependents) {
    const auto graph = two_domains();
    const VersionRows rows{{users, kit::ids("u003")}, {game, kit::ids("g003")}};
    const auto plan = plan_downgrade(graph, rows, only(users), "base");
    ASSERT_FALSE(plan.ok());
    EXPECT_EQ(plan.error().code, "HT0167");
    EXPECT_NE(plan.error().sentence.find("game:g003, game:g002"), std::string::npos);
    EXPECT_NE(plan.error().hint.find("-d users -d game base"), std::string::npos);
    EXPECT_EQ(steps(graph, plan_downgrade(graph, rows, everything(), "users:base")), "HT0167");
    EXPECT_EQ(steps(graph, plan_downgrade(graph, rows, only(users), "u002")), "users:u003");
    EXPECT_EQ(steps(graph, plan_downgrade(graph, rows, only(game), "base")), "game:g003 game:g002 game:g001");
}

TEST(Domains, AnIdOfOneDomainTakesItsDependentsAlongWhenNoDomainIsNamed) {
    const auto graph = two_domains();
    const VersionRows rows{{users, kit::ids("u003")}, {game, kit::ids("g003")}};
    EXPECT_EQ(steps(graph, plan_downgrade(graph, rows, everything(), "u001")),
              "game:g003 game:g002 users:u003 users:u002");
}

TEST(Domains, StepsNeedOneDomain) {
    const auto graph = two_domains();
    EXPECT_EQ(steps(graph, plan_upgrade(graph, {}, everything(), "+1")), "HT0168");
    EXPECT_EQ(steps(graph, plan_downgrade(graph, {{users, kit::ids("u001")}}, everything(), "-1")), "HT0168");
    EXPECT_EQ(steps(graph, plan_upgrade(graph, {}, everything(), "users:+1")), "users:u001");
    EXPECT_EQ(steps(graph, plan_upgrade(graph, {}, only(users), "+2")), "users:u001 users:u002");
    EXPECT_EQ(steps(graph, plan_upgrade(graph, {}, everything(), "u001+1")), "users:u001 users:u002");
}

TEST(Domains, AnIdInTwoDomainsIsAmbiguousUntilTheDomainIsSaid) {
    const auto graph = kit::graph_of({{"users", "0001; 0002 < 0001"}, {"game", "0001; 0002 < 0001"}});
    const auto plan = plan_upgrade(graph, {}, everything(), "0001");
    ASSERT_FALSE(plan.ok());
    EXPECT_EQ(plan.error().code, "HT0152");
    EXPECT_NE(plan.error().sentence.find("users:0001, game:0001"), std::string::npos);
    EXPECT_EQ(steps(graph, plan_upgrade(graph, {}, everything(), "game:0001")), "game:0001");
    EXPECT_EQ(steps(graph, plan_upgrade(graph, {}, only(users), "game:0001")), "HT0171");
}

TEST(Domains, ADomainWithSeveralHeadsIsNamedWithThem) {
    const auto graph = kit::graph_of({{"users", "u001"}, {"game", "g001; g002 < g001; g003 < g001"}});
    const auto plan = plan_upgrade(graph, {}, everything(), "head");
    ASSERT_FALSE(plan.ok());
    EXPECT_EQ(plan.error().code, "HT0153");
    EXPECT_NE(plan.error().sentence.find("domain game has 2: game:g002, game:g003"), std::string::npos);
    EXPECT_NE(plan.error().hint.find("haetae merge heads"), std::string::npos);
    EXPECT_EQ(steps(graph, plan_upgrade(graph, {}, everything(), "heads")), "users:u001 game:g001 game:g002 game:g003");
}

TEST(Domains, NotesSayWhyThereIsNothingToDo) {
    const auto graph = kit::graph_of({{"users", "u001; u002 < u001"}, {"game", ""}});
    const VersionRows rows{{users, kit::ids("u002")}};
    EXPECT_EQ(plan_upgrade(graph, rows, everything(), "head")->notes,
              std::vector<std::string>({"users: u002 is already applied", "game: there are no revisions"}));
    EXPECT_EQ(plan_upgrade(graph, rows, only(users), "u001")->notes,
              std::vector<std::string>{"users: u001 is already applied"});
    EXPECT_EQ(plan_downgrade(graph, rows, only(users), "u002")->notes,
              std::vector<std::string>{"users: nothing above u002 is applied"});
    EXPECT_EQ(plan_downgrade(graph, {}, only(users), "base")->notes,
              std::vector<std::string>{"users: nothing is applied that could be undone"});
}

TEST(Domains, ARowThatNoFileHasIsNamedWithItsDomain) {
    const auto applied = applied_nodes(two_domains(), {{game, kit::ids("g999")}});
    ASSERT_FALSE(applied.ok());
    EXPECT_EQ(applied.error().code, "HT0160");
    EXPECT_NE(applied.error().sentence.find("domain game holds g999"), std::string::npos);
    EXPECT_NE(applied.error().hint.find("-d game"), std::string::npos);
}

TEST(Domains, RowsThatOverlapAreNamed) {
    const auto graph = kit::graph_of({{"users", "u001; u002 < u001; u003 ~ u001"}});
    EXPECT_EQ(applied_nodes(graph, {{users, kit::ids("u001 u002")}}).error().code, "HT0161");
    EXPECT_EQ(applied_nodes(graph, {{users, kit::ids("u001 u003")}}).error().code, "HT0161");
    EXPECT_TRUE(applied_nodes(graph, {{users, kit::ids("u002 u003")}}).ok());
}

TEST(Domains, AppliedAreTheRowsAndAllThatTheyImplyInTheirDomain) {
    const auto graph = two_domains();
    const auto applied = applied_nodes(graph, {{game, kit::ids("g002")}});
    ASSERT_TRUE(applied.ok());
    EXPECT_EQ(kit::names(graph, applied.value()), "game:g001 game:g002");
}

TEST(Squash, ADatabaseAtTheLastReplacedRevisionStandsAtTheReplacingOne) {
    const auto graph = kit::graph_of({{"users", "s001 = u001 u002 u003; u004 < s001"}});
    const auto plan = plan_upgrade(graph, {{users, kit::ids("u003")}}, only(users), "head");
    ASSERT_EQ(steps(graph, plan), "u004");
    EXPECT_EQ(
        plan->steps.front().row_changes,
        std::vector<RowChange>(
            {{.kind = RowChange::Kind::update, .from = graph::RevisionId("u003"), .to = graph::RevisionId("u004")}}));
    const auto down = plan_downgrade(graph, {{users, kit::ids("u003")}}, only(users), "base");
    EXPECT_EQ(steps(graph, down), "s001");
    EXPECT_EQ(down->steps.front().row_changes.front().from.text(), "u003");
}

TEST(Squash, ADatabaseInTheMiddleOfWhatWasReplacedIsRefused) {
    const auto graph = kit::graph_of({{"users", "s001 = u001 u002 u003; u004 < s001"}});
    const auto plan = plan_upgrade(graph, {{users, kit::ids("u002")}}, only(users), "head");
    ASSERT_FALSE(plan.ok());
    EXPECT_EQ(plan.error().code, "HT0162");
    EXPECT_NE(plan.error().hint.find("to u003"), std::string::npos);
    EXPECT_NE(plan_upgrade(graph, {}, only(users), "u002").error().hint.find("squashed into s001"), std::string::npos);
}

TEST(Stamp, WritesEachDomainThatIsMeant) {
    const auto graph = two_domains();
    const std::string targets[] = {"head"};
    const auto changes =
        plan_stamp(graph, {{users, kit::ids("u003")}, {game, kit::ids("g001")}}, everything(), targets, false);
    ASSERT_TRUE(changes.ok());
    ASSERT_EQ(changes->size(), 1U);
    EXPECT_EQ(changes->front().domain, game);
    EXPECT_EQ(changes->front().to, kit::ids("g003"));
}

TEST(RandomDomains, StepsFollowTheirDependenciesAndRowsStayTheSmallestSet) {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        kit::Random random(seed);
        std::vector<graph::Revision> all;
        const std::vector<DomainName> domains{DomainName("one"), DomainName("two"), DomainName("three")};
        for (const auto& domain : domains) {
            auto revisions = kit::random_revisions(random, domain.text(), 1 + kit::below(random, 12));
            for (auto& revision : revisions) {
                if (all.empty() || !kit::chance(random, 30)) continue;
                const auto& other = all[kit::below(random, all.size())];
                revision.depends_on.push_back({.domain = other.domain, .name = other.id.text()});
            }
            all.insert(all.end(), revisions.begin(), revisions.end());
        }
        const auto graph = graph::Graph::build(all, domains);
        ASSERT_TRUE(graph.ok()) << graph.error().sentence;
        const auto applied = kit::random_applied(random, graph.value());
        VersionRows rows;
        for (const auto& domain : domains) rows[domain] = kit::rows_of(graph.value(), domain, applied);
        ASSERT_EQ(applied_nodes(graph.value(), rows).value(), applied) << "seed " << seed;

        const auto up = plan_upgrade(graph.value(), rows, {.domains = domains}, "heads");
        ASSERT_TRUE(up.ok()) << up.error().sentence;
        EXPECT_EQ(up->steps.size() + applied.size(), graph->size()) << "seed " << seed;
        for (const auto& step : up->steps) rows[graph->at(step.node).domain] = step.to;
        for (const auto& domain : domains) {
            EXPECT_EQ(rows[domain].size(), graph->real_heads_of(domain).size()) << "seed " << seed;
        }
        const auto down = plan_downgrade(graph.value(), rows, {.domains = domains}, "base");
        ASSERT_TRUE(down.ok()) << down.error().sentence;
        std::vector<graph::Node> undone;
        for (const auto& step : down->steps) undone.insert(undone.begin(), step.node);
        const auto order = graph->topological();
        EXPECT_TRUE(std::equal(undone.begin(), undone.end(), order.begin(), order.end())) << "seed " << seed;
        for (const auto& step : down->steps) rows[graph->at(step.node).domain] = step.to;
        for (const auto& domain : domains) EXPECT_TRUE(rows[domain].empty());
    }
}

}  // namespace

}  // namespace haetae::plan
