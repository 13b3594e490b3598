// SPDX-License-Identifier: Apache-2.0
// From a graph to the rows that reports show.
#include "outcome/revision_row.hpp"

#include <gtest/gtest.h>

#include "kit/history.hpp"

namespace haetae::outcome {
namespace {

using graph::DomainName;
using graph::Graph;
using graph::RevisionId;

const DomainName users("users");
const DomainName shop("shop");

RevisionRow row(const Graph& graph, const DomainName& domain, const char* id) {
    return row_of(graph, *graph.find(domain, id));
}

TEST(RevisionRow, a_head_on_which_its_own_domain_depends_is_effective) {
    const auto graph = kit::graph_of({{"users", "core01; nets01 ~ core01"}});
    EXPECT_EQ(row(graph, users, "core01").head, HeadKind::effective);
    EXPECT_EQ(row(graph, users, "nets01").head, HeadKind::head);
}

TEST(RevisionRow, a_head_on_which_another_domain_depends_is_a_head) {
    const auto graph = kit::graph_of({{"users", "core01"}, {"shop", "shop01 ~ users:core01"}});
    EXPECT_EQ(row(graph, users, "core01").head, HeadKind::head);
}

TEST(RevisionRow, a_partial_dependency_is_shown_whole) {
    const auto graph = kit::graph_of({{"users", "core01"}, {"shop", "shop01 ~ users:core"}});
    const std::vector<RevisionName> expected{{.domain = users, .id = RevisionId("core01")}};
    EXPECT_EQ(row(graph, shop, "shop01").depends_on, expected);
}

TEST(RevisionRow, branch_points_and_merges_are_known) {
    const auto graph = kit::graph_of({{"users", "base01; left01 < base01; righ01 < base01; merg01 < left01 righ01"}});
    EXPECT_TRUE(row(graph, users, "base01").is_branch_point);
    EXPECT_FALSE(row(graph, users, "left01").is_branch_point);
    EXPECT_TRUE(row(graph, users, "merg01").is_merge_point);
    EXPECT_EQ(row(graph, users, "merg01").revises, (std::vector{RevisionId("left01"), RevisionId("righ01")}));
}

}  // namespace
}  // namespace haetae::outcome
