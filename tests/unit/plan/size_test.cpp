// SPDX-License-Identifier: Apache-2.0
// Repositories of 10,000 revisions in the shapes that break naive walks: a deep chain, many domains, wide merges. No
// times are asserted; a quadratic or recursive walk shows as a test that does not end, or ends in a crash.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "kit/history.hpp"
#include "plan/plan.hpp"

namespace haetae::plan {

namespace {

using graph::DomainName;
using graph::Revision;
using graph::RevisionId;

constexpr std::size_t many = 10000;

RevisionId id_of(std::size_t number) {
    return RevisionId(fmt::format("{:012x}", number * 2654435761U % 4294967296U));
}

std::vector<Revision> chain(const std::string& domain, std::size_t count) {
    std::vector<Revision> revisions;
    for (std::size_t i = 0; i < count; ++i) {
        revisions.push_back({.domain = DomainName(domain), .id = id_of(i)});
        if (i > 0) revisions.back().parents = {id_of(i - 1)};
    }
    return revisions;
}

void up_and_down(const graph::Graph& graph) {
    const std::vector<DomainName> domains(graph.domains().begin(), graph.domains().end());
    const auto up = plan_upgrade(graph, {}, {.domains = domains}, "heads");
    ASSERT_TRUE(up.ok()) << up.error().sentence;
    ASSERT_EQ(up->steps.size(), graph.size());
    VersionRows rows;
    for (const auto& step : up->steps) rows[graph.at(step.node).domain] = step.to;
    const auto down = plan_downgrade(graph, rows, {.domains = domains}, "base");
    ASSERT_TRUE(down.ok()) << down.error().sentence;
    ASSERT_EQ(down->steps.size(), graph.size());
}

TEST(Size, AChainOfTenThousand) {
    auto graph = graph::Graph::build(chain("main", many), {DomainName("main")});
    ASSERT_TRUE(graph.ok()) << graph.error().sentence;
    up_and_down(graph.value());
    const auto last = plan_upgrade(graph.value(), {}, {.domains = {DomainName("main")}}, fmt::format("+{}", many));
    ASSERT_TRUE(last.ok());
    EXPECT_EQ(last->steps.size(), many);
}

TEST(Size, FiftyDomainsOfTwoHundredThatDependOnEachOther) {
    std::vector<Revision> all;
    std::vector<DomainName> domains;
    for (std::size_t d = 0; d < 50; ++d) {
        domains.emplace_back(fmt::format("domain{:02}", d));
        auto revisions = chain(domains.back().text(), 200);
        for (std::size_t i = 0; d > 0 && i < revisions.size(); i += 10) {
            revisions[i].depends_on = {{.domain = domains[d - 1], .name = id_of(i).text()}};
        }
        all.insert(all.end(), revisions.begin(), revisions.end());
    }
    auto graph = graph::Graph::build(std::move(all), domains);
    ASSERT_TRUE(graph.ok()) << graph.error().sentence;
    up_and_down(graph.value());
}

TEST(Size, MergesOfFiveHundredBranches) {
    auto all = chain("main", many - 4 * 501);
    std::size_t next = all.size();
    for (int merges = 0; merges < 4; ++merges) {
        const RevisionId root = all.back().id;
        Revision merge{.domain = DomainName("main"), .id = id_of(next + 500)};
        for (std::size_t i = 0; i < 500; ++i, ++next) {
            all.push_back({.domain = DomainName("main"), .id = id_of(next), .parents = {root}});
            merge.parents.push_back(id_of(next));
        }
        ++next;
        all.push_back(std::move(merge));
    }
    auto graph = graph::Graph::build(std::move(all), {DomainName("main")});
    ASSERT_TRUE(graph.ok()) << graph.error().sentence;
    ASSERT_EQ(graph->size(), many);
    up_and_down(graph.value());
}

TEST(Size, TwoLinesThatMergeAgainAndAgain) {
    std::vector<Revision> all{{.domain = DomainName("main"), .id = id_of(0)}};
    for (std::size_t next = 1; next + 2 < many; next += 3) {
        const RevisionId root = all.back().id;
        all.push_back({.domain = DomainName("main"), .id = id_of(next), .parents = {root}});
        all.push_back({.domain = DomainName("main"), .id = id_of(next + 1), .parents = {root}});
        all.push_back({.domain = DomainName("main"), .id = id_of(next + 2), .parents = {id_of(next), id_of(next + 1)}});
    }
    all.back().labels = {graph::BranchLabel("last")};
    auto graph = graph::Graph::build(std::move(all), {DomainName("main")});
    ASSERT_TRUE(graph.ok()) << graph.error().sentence;
    up_and_down(graph.value());
    std::size_t labelled = 0;
    for (const auto node : graph->topological()) labelled += graph->labels_of(node).size();
    EXPECT_EQ(labelled, 1U);
}

}  // namespace

}  // namespace haetae::plan
