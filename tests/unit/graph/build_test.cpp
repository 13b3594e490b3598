// SPDX-License-Identifier: Apache-2.0
// What a graph refuses to be built from, each with files and ids, and what it answers once it stands.
#include <gtest/gtest.h>

#include <algorithm>

#include "graph/graph.hpp"
#include "graph/lineage.hpp"
#include "kit/history.hpp"

namespace haetae::graph {

namespace {

const DomainName users("users");

/// Gives each revision a file named after its id.
std::vector<Revision> with_files(std::vector<Revision> revisions) {
    for (auto& revision : revisions) {
        revision.file = "migrations/" + revision.domain.text() + "/versions/" + revision.id.text() + ".sql";
    }
    return revisions;
}

base::Error error_of(const char* text) {
    auto graph = Graph::build(with_files(kit::history("users", text)), {users});
    return graph ? base::Error{.code = "none", .sentence = ""} : graph.error();
}

void expect_named(const base::Error& error, const char* code, std::initializer_list<const char*> words) {
    EXPECT_EQ(error.code, code) << error.sentence;
    for (const auto* word : words) {
        EXPECT_NE((error.sentence + error.hint).find(word), std::string::npos) << word << " in: " << error.sentence;
    }
    EXPECT_FALSE(error.hint.empty());
    EXPECT_FALSE(error.sentence.ends_with('.'));
}

std::vector<std::string> texts(const std::vector<BranchLabel>& labels) {
    std::vector<std::string> result;
    for (const auto& label : labels) result.push_back(label.text());
    return result;
}

TEST(Build, ADuplicateIdNamesBothFiles) {
    auto revisions = kit::history("users", "aa01; bb02 < aa01; aa01");
    revisions[0].file = "versions/1_aa01.sql";
    revisions[1].file = "versions/2_bb02.sql";
    revisions[2].file = "versions/3_aa01.sql";
    const auto graph = Graph::build(revisions, {users});
    ASSERT_FALSE(graph.ok());
    expect_named(graph.error(), "HT0240", {"aa01", "versions/1_aa01.sql", "versions/3_aa01.sql", "users"});
}

TEST(Build, TheSameIdInTwoDomainsIsFine) {
    EXPECT_EQ(kit::graph_of({{"users", "0001"}, {"game", "0001"}}).size(), 2U);
}

TEST(Build, AnUnknownParentIsNamedWithTheFileThatWantsIt) {
    expect_named(error_of("aa01; bb02 < zz99"), "HT0241", {"bb02", "versions/bb02.sql", "zz99", "users"});
}

TEST(Build, AParentOfAnotherDomainIsUnknown) {
    auto revisions = kit::history("users", "aa01");
    const auto more = kit::history("game", "gg01 < aa01");
    revisions.insert(revisions.end(), more.begin(), more.end());
    EXPECT_EQ(Graph::build(revisions, {users, DomainName("game")}).error().code, "HT0241");
}

TEST(Build, AParentIsNamedInFull) {
    EXPECT_EQ(error_of("aaaa01; bb02 < aaaa").code, "HT0241");
}

TEST(Build, ASquashedParentIsExplained) {
    expect_named(error_of("ss01 = aa01 aa02; bb02 < aa02"), "HT0241", {"squashed into ss01"});
    expect_named(error_of("ss01 = aa01 aa02; bb02 ~ aa02"), "HT0242", {"squashed into ss01"});
}

TEST(Build, AnUnknownDependencyIsNamed) {
    expect_named(error_of("aa01; bb02 < aa01 ~ zz99"), "HT0242", {"bb02", "zz99", "versions/bb02.sql"});
    expect_named(error_of("aa01 ~ shop:zz99"), "HT0242", {"shop:zz99", "no domain"});
}

TEST(Build, CyclesAreShownAllTheWayRound) {
    expect_named(error_of("aa01 < cc03; bb02 < aa01; cc03 < bb02"), "HT0243", {"aa01", "bb02", "cc03", "revises"});
    expect_named(error_of("ok01; ok02 < ok01; aa01 < bb02; bb02 < aa01; dd04 < bb02"), "HT0243",
                 {"2 revisions", "aa01"});
    expect_named(error_of("aa01 < aa01"), "HT0243", {"aa01", "itself"});
    expect_named(error_of("aa01 ~ aa01"), "HT0243", {"aa01", "itself"});
    expect_named(error_of("aa01 ~ bb02; bb02 < aa01"), "HT0243", {"depends on", "revises"});
}

TEST(Build, ACycleThroughTwoDomainsIsFound) {
    auto revisions = kit::history("users", "aa01 ~ game:gg01");
    const auto more = kit::history("game", "gg01 ~ users:aa01");
    revisions.insert(revisions.end(), more.begin(), more.end());
    const auto graph = Graph::build(revisions, {users, DomainName("game")});
    ASSERT_FALSE(graph.ok());
    expect_named(graph.error(), "HT0243", {"users:aa01", "game:gg01"});
}

TEST(Build, LabelClashesAreNamed) {
    expect_named(error_of("aa01 [left]; bb02 < aa01 [left]"), "HT0244", {"left", "aa01", "bb02"});
    expect_named(error_of("aa01; bb02 < aa01 [aa01]"), "HT0244", {"aa01", "bb02"});
}

TEST(Build, LabelsThatNoCommandCouldNameAreRefused) {
    for (const char* label : {"head", "heads", "base", "current", "a@b", "a:b", "a+1", "-1", "a..b", ""}) {
        auto revisions = kit::history("users", "aa01");
        revisions[0].labels = {BranchLabel(label)};
        EXPECT_EQ(Graph::build(revisions, {users}).error().code, "HT0249") << label;
    }
    EXPECT_EQ(error_of("aa01 [my-branch_2.x]").code, "none");
}

TEST(Build, AnAmbiguousDependencyNamesTheCandidates) {
    expect_named(error_of("aaaa01; aaaa02 < aaaa01; bb03 ~ aaaa"), "HT0245", {"aaaa01", "aaaa02", "bb03"});
}

TEST(Build, DependenciesMayBePartialIdsLabelsAndOfOtherDomains) {
    const auto graph = kit::graph_of(
        {{"users", "aaaa01 [left]; bbbb02 < aaaa01"}, {"game", "gg01 ~ users:bbb; gg02 < gg01 ~ users:left gg01"}});
    const auto first = *graph.find(DomainName("game"), "gg01");
    const auto second = *graph.find(DomainName("game"), "gg02");
    EXPECT_EQ(graph.dependencies(first)[0], *graph.find(users, "bbbb02"));
    EXPECT_EQ(graph.dependencies(second).size(), 2U);
    EXPECT_EQ(graph.dependents(*graph.find(users, "aaaa01"))[0], second);
}

TEST(Build, AMergeNamesEachParentOnceAndNoAncestorOfOne) {
    expect_named(error_of("aa01; bb02 < aa01 aa01"), "HT0246", {"bb02", "aa01", "twice"});
    expect_named(error_of("aa01; bb02 < aa01; cc03 < bb02; dd04 < cc03 aa01"), "HT0246", {"dd04", "aa01"});
    EXPECT_EQ(error_of("aa01; bb02 ~ aa01; cc03 < aa01 bb02").code, "none");
}

TEST(Build, ReplacedIdsBelongToOneRevisionAndHaveNoFile) {
    expect_named(error_of("ss01 = aa01 aa02; ss02 < ss01 = aa02"), "HT0247", {"aa02", "ss01", "ss02"});
    expect_named(error_of("aa01; ss01 < aa01 = aa01"), "HT0248", {"aa01", "ss01", "versions/aa01.sql"});
}

TEST(Graph, NodesFollowTheNamesOfTheirFilesNotTheOrderGiven) {
    auto revisions = kit::history("users", "cc03; aa01; bb02");
    revisions = with_files(std::move(revisions));
    const auto graph = Graph::build(revisions, {users});
    EXPECT_EQ(kit::names(graph.value(), graph->nodes_of(users)), "aa01 bb02 cc03");
    std::reverse(revisions.begin(), revisions.end());
    EXPECT_EQ(kit::names(Graph::build(revisions, {users}).value(), {0, 1, 2}), "aa01 bb02 cc03");
}

TEST(Graph, HeadsHaveNoChildAndRealHeadsNoDependentOfTheirDomain) {
    const auto graph = kit::graph_of(
        {{"users", "core01; core02 < core01; nets01; nets02 < nets01 ~ core02"}, {"game", "gg01 ~ users:nets02"}});
    EXPECT_EQ(kit::names(graph, graph.heads_of(users)), "users:core02 users:nets02");
    EXPECT_EQ(kit::names(graph, graph.real_heads_of(users)), "users:nets02");
    EXPECT_EQ(kit::names(graph, graph.bases_of(users)), "users:core01 users:nets01");
}

TEST(Graph, TheOrderIsEarlierDomainsFirstThenFiles) {
    const auto graph =
        kit::graph_of({{"users", "aa01; bb02 < aa01 ~ game:gg01; cc03 < aa01"}, {"game", "gg01; gg02 < gg01"}});
    const auto order = graph.topological();
    EXPECT_EQ(kit::names(graph, {order.begin(), order.end()}), "users:aa01 users:cc03 game:gg01 users:bb02 game:gg02");
}

TEST(Graph, LabelsReachDescendantsAcrossMergesAndAncestorsDownToTheFork) {
    const auto graph = kit::graph_of(
        {{"users",
          "base01; base02 < base01; mid01 < base02; left01 < mid01 [left]; left02 < left01; righ01 < base02;"
          "merg01 < left02 righ01; aftr01 < merg01 [late]; last01 < aftr01"}});
    const auto labels = [&](const char* id) { return texts(graph.labels_of(*graph.find(users, id))); };
    using Labels = std::vector<std::string>;
    EXPECT_EQ(labels("base01"), Labels{});
    EXPECT_EQ(labels("base02"), Labels{});
    EXPECT_EQ(labels("mid01"), Labels{"left"});
    EXPECT_EQ(labels("left02"), Labels{"left"});
    EXPECT_EQ(labels("righ01"), Labels{});
    EXPECT_EQ(labels("merg01"), Labels{"left"});
    EXPECT_EQ(labels("last01"), (Labels{"late", "left"}));
}

TEST(Graph, ALabelWithoutAnyForkReachesTheBase) {
    const auto graph = kit::graph_of({{"users", "aa01; bb02 < aa01; cc03 < bb02 [main]; dd04 < cc03"}});
    for (const Node node : graph.topological())
        EXPECT_EQ(texts(graph.labels_of(node)), std::vector<std::string>{"main"});
}

TEST(Lineage, EdgesDecideWhatAnAncestorIs) {
    const auto graph =
        kit::graph_of({{"users", "aa01; bb02; cc03 < bb02 ~ aa01"}, {"game", "gg01; gg02 < gg01 ~ users:cc03"}});
    const Node start[] = {*graph.find(DomainName("game"), "gg02")};
    EXPECT_EQ(kit::names(graph, ancestors(graph, start, Edges::parents).list()), "game:gg01 game:gg02");
    EXPECT_EQ(kit::names(graph, ancestors(graph, start, Edges::domain).list()), "game:gg01 game:gg02");
    EXPECT_EQ(ancestors(graph, start, Edges::all).list().size(), 5U);
    const Node low[] = {*graph.find(users, "aa01")};
    EXPECT_EQ(kit::names(graph, descendants(graph, low, Edges::domain).list()), "users:aa01 users:cc03");
    EXPECT_EQ(descendants(graph, low, Edges::all).list().size(), 3U);
}

}  // namespace

}  // namespace haetae::graph
