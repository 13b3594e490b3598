// SPDX-License-Identifier: Apache-2.0
// A header decides; without one the first statement that takes something away.
#include "policy/contract.hpp"

#include <gtest/gtest.h>

namespace haetae::policy {
namespace {

std::string why(const std::string& body, std::optional<graph::Phase> phase = std::nullopt) {
    const auto parts = revisions::cut_parts(body, "a.sql").value();
    return why_contract({.domain = graph::DomainName("d"), .id = graph::RevisionId("a"), .phase = phase}, parts)
        .value_or("");
}

TEST(Contract, is_what_the_header_says) {
    const std::string drop = "-- migrate:up\nDROP TABLE a;\n";
    const std::string create = "-- migrate:up\nCREATE TABLE a (n int);\n";
    EXPECT_EQ(why(create, graph::Phase::contract), "its header says so");
    EXPECT_EQ(why(drop, graph::Phase::expand), "");
    EXPECT_EQ(why(drop, graph::Phase::data), "");
}

TEST(Contract, is_worked_out_from_the_way_up_where_the_header_says_nothing) {
    EXPECT_EQ(why("-- migrate:up\nCREATE TABLE a (n int);\n-- migrate:down\nDROP TABLE a;\n"), "");
    EXPECT_EQ(why("-- migrate:up\nCREATE TABLE a (n int);\nDROP TABLE b;\n"), "DROP TABLE in line 3");
    EXPECT_EQ(why("-- migrate:up\nSELECT 1;\n-- migrate:backfill table=a\nTRUNCATE a;\n"), "TRUNCATE in line 4");
    EXPECT_EQ(why("-- migrate:up\n"), "");
}

}  // namespace
}  // namespace haetae::policy
