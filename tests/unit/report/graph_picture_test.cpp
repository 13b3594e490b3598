// SPDX-License-Identifier: Apache-2.0
// The pictures of a graph of two domains.
#include "report/graph_picture.hpp"

#include <gtest/gtest.h>

#include "report_fixture.hpp"

namespace haetae::report {
namespace {

const std::vector<graph::DomainName> domains{graph::DomainName("users"), graph::DomainName("character"),
                                             graph::DomainName("shop")};

TEST(GraphPicture, each_domain_is_drawn_and_dependencies_stand_beside) {
    EXPECT_EQ("\n" + graph_text(domains, example_rows()), R"(
users
*    cccc03 (head) phone
| *  bbbb02 (head) [mail] 이메일 추가
|/
*    aaaa01 (branchpoint) create accounts

character
*  dddd04 (head) create characters  (needs users:aaaa01)

shop
(no revisions)
)");
}

TEST(GraphPicture, dot_has_a_cluster_a_domain_and_dashed_dependencies) {
    auto rows = example_rows();
    for (auto& row : rows) {
        if (row.id.text() == "cccc03") row.message = "say \"hi\" \\ bye";
    }
    const std::vector<graph::DomainName> two{domains[0], domains[1]};
    EXPECT_EQ("\n" + graph_dot(two, rows), R"(
digraph haetae {
    rankdir=TB;
    node [shape=box];
    subgraph cluster_0 {
        label="users";
        "users:aaaa01" [label="aaaa01 (branchpoint)\ncreate accounts"];
        "users:bbbb02" [label="bbbb02 (head) [mail]\n이메일 추가"];
        "users:cccc03" [label="cccc03 (head)\nsay \"hi\" \\ bye"];
    }
    subgraph cluster_1 {
        label="character";
        "character:dddd04" [label="dddd04 (head)\ncreate characters"];
    }
    "users:aaaa01" -> "users:bbbb02";
    "users:aaaa01" -> "users:cccc03";
    "users:aaaa01" -> "character:dddd04" [style=dashed];
}
)");
}

}  // namespace
}  // namespace haetae::report
