// SPDX-License-Identifier: Apache-2.0
// What Alembic was seen to do, one row a case: behaviour that users' fingers and scripts rely on, and beside it what
// haetae refuses or does otherwise on purpose. Numbers are those of the observations the reference was made from.
#include <gtest/gtest.h>

#include "kit/history.hpp"
#include "plan/plan.hpp"

namespace haetae::plan {

namespace {

constexpr const char* lin = "aaaa01; aaaa02 < aaaa01; bbbb03 < aaaa02; cccc04 < bbbb03; dddd05 < cccc04";
constexpr const char* br =
    "base01; base02 < base01; left01 < base02 [left]; left02 < left01; righ01 < base02; righ02 < righ01";
constexpr const char* mg =
    "base01; base02 < base01; left01 < base02 [left]; left02 < left01; righ01 < base02; righ02 < righ01;"
    "merg01 < left02 righ02; aftr01 < merg01";
constexpr const char* dep = "core01 [core]; core02 < core01; nets01 [net]; nets02 < nets01 ~ core02; nets03 < nets02";
constexpr const char* dep_longer =
    "core01 [core]; core02 < core01; core03 < core02; nets01 [net]; nets02 < nets01 ~ core02; nets03 < nets02";

enum class Verb { up, down, stamp };

struct Row {
    int number;
    const char* history;
    const char* at;
    Verb verb;
    const char* target;
    const char* wanted;  ///< "steps -> rows", or the code of the refusal
};

std::string outcome(const Row& row) {
    const auto graph = kit::graph_of({{"main", row.history}});
    const graph::DomainName domain("main");
    const auto before = kit::ids(row.at);
    const Scope scope{.domains = {domain}};
    if (row.verb == Verb::stamp) {
        std::vector<std::string> targets;
        for (const auto& id : kit::ids(row.target)) targets.push_back(id.text());
        const auto changes = plan_stamp(graph, {{domain, before}}, scope, targets, false);
        if (!changes) return changes.error().code;
        std::string text = "->";
        for (const auto& after : changes->empty() ? before : changes->front().to) text += " " + after.text();
        return text;
    }
    const auto plan = row.verb == Verb::up ? plan_upgrade(graph, {{domain, before}}, scope, row.target)
                                           : plan_downgrade(graph, {{domain, before}}, scope, row.target);
    return plan ? kit::told(graph, plan.value(), before) : plan.error().code;
}

void check(std::span<const Row> rows) {
    for (const auto& row : rows) {
        EXPECT_EQ(outcome(row), row.wanted) << "row " << row.number << " at [" << row.at << "] " << row.target;
    }
}

TEST(AlembicRows, LinearHistoriesAreAddressedAsInAlembic) {
    const char* all = "aaaa01 aaaa02 bbbb03 cccc04 dddd05 -> dddd05";
    const Row rows[] = {
        {1, lin, "", Verb::up, "head", all},
        {1, lin, "", Verb::up, "heads", all},
        {2, lin, "", Verb::up, "+2", "aaaa01 aaaa02 -> aaaa02"},
        {3, lin, "", Verb::up, "+9", "HT0154"},
        {4, lin, "", Verb::up, "bbbb", "aaaa01 aaaa02 bbbb03 -> bbbb03"},
        {4, lin, "", Verb::up, "bbb", "aaaa01 aaaa02 bbbb03 -> bbbb03"},
        {5, lin, "", Verb::up, "aaaa", "HT0152"},
        {6, lin, "", Verb::up, "BBBB03", "HT0150"},
        {7, lin, "", Verb::up, "aaaa01+2", "aaaa01 aaaa02 bbbb03 -> bbbb03"},
        {8, lin, "", Verb::up, "head-1", "aaaa01 aaaa02 bbbb03 cccc04 -> cccc04"},
        {9, lin, "", Verb::up, "base", "HT0163"},
        {9, lin, "bbbb03", Verb::up, "base", "HT0163"},
        {10, lin, "bbbb03", Verb::up, "aaaa02", "-> bbbb03"},
        {11, lin, "bbbb03", Verb::up, "-1", "HT0172"},
        {12, lin, "", Verb::up, "aaaa01:bbbb03", "HT0159"},
        {13, lin, "", Verb::up, "current", "HT0172"},
        {14, lin, "", Verb::up, "", "HT0151"},
        {16, lin, "", Verb::up, "+1garbage", "HT0151"},
        {16, lin, "", Verb::up, "aaaa01+1xyz", "HT0151"},
        {17, lin, "", Verb::up, "bbbb03+9", "HT0154"},
        {17, lin, "dddd05", Verb::down, "bbbb03+9", "HT0154"},
        {18, lin, "", Verb::up, "aaaa02-5", "HT0154"},
        {19, lin, "dddd05", Verb::down, "-1", "dddd05 -> cccc04"},
        {20, lin, "dddd05", Verb::down, "-9", "HT0154"},
        {21, lin, "", Verb::down, "-1", "HT0154"},
        {22, lin, "", Verb::down, "base", "->"},
        {23, lin, "", Verb::down, "aaaa01", "HT0165"},
        {24, lin, "bbbb03", Verb::down, "head", "HT0165"},
        {24, lin, "bbbb03", Verb::down, "dddd05", "HT0165"},
        {25, lin, "bbbb03", Verb::down, "+1", "HT0172"},
        {26, lin, "dddd05", Verb::down, "aaaa01+1", "dddd05 cccc04 bbbb03 -> aaaa02"},
        {27, lin, "dddd05", Verb::down, "head-2", "dddd05 cccc04 -> bbbb03"},
        {27, lin, "dddd05", Verb::down, "dddd05-2", "dddd05 cccc04 -> bbbb03"},
        {28, lin, "dddd05", Verb::down, "base", "dddd05 cccc04 bbbb03 aaaa02 aaaa01 ->"},
        {29, "0001; 0002 < 0001", "", Verb::up, "2", "HT0150"},
        {29, "0001; 0002 < 0001", "", Verb::up, "0", "HT0152"},
        {30, "001; 002 < 001", "", Verb::up, "00", "HT0150"},
        {31, "v1.0; v1.1 < v1.0", "", Verb::up, "v1.0+1", "v1.0 v1.1 -> v1.1"},
        {31, "v1.0; v1.1 < v1.0", "v1.1", Verb::down, "v1.1-1", "v1.1 -> v1.0"},
    };
    check(rows);
}

TEST(AlembicRows, BranchesAreAddressedAsInAlembicButNeverByChance) {
    const Row rows[] = {
        {32, br, "", Verb::up, "head", "HT0153"},
        {33, br, "", Verb::up, "heads", "base01 base02 left01 left02 righ01 righ02 -> left02 righ02"},
        {34, br, "", Verb::up, "left@head", "base01 base02 left01 left02 -> left02"},
        {35, br, "", Verb::up, "left", "base01 base02 left01 -> left01"},
        {36, br, "", Verb::up, "righ01@head", "base01 base02 righ01 righ02 -> righ02"},
        {37, br, "", Verb::up, "base02@head", "HT0153"},
        {38, br, "", Verb::up, "base02@heads", "base01 base02 left01 left02 righ01 righ02 -> left02 righ02"},
        {39, br, "", Verb::up, "left@base02", "base01 base02 -> base02"},
        {40, br, "", Verb::up, "left@righ01", "HT0158"},
        {41, br, "", Verb::up, "nolabel@head", "HT0157"},
        {42, br, "base02", Verb::up, "+1", "HT0155"},
        {43, br, "", Verb::up, "+3", "HT0155"},
        {44, br, "base02", Verb::up, "left@+1", "left01 -> left01"},
        {45, br, "", Verb::up, "left@+3", "base01 base02 left01 -> left01"},
        {46, br, "left01 righ01", Verb::up, "+1", "HT0156"},
        {47, br, "left01 righ01", Verb::up, "left@+1", "left02 -> left02 righ01"},
        {48, br, "base02", Verb::up, "left@+9", "HT0154"},
        {49, br, "", Verb::up, "head-1", "HT0153"},
        {49, br, "", Verb::up, "heads-1", "HT0153"},
        {50, br, "", Verb::up, "left@head-1", "base01 base02 left01 -> left01"},
        {51, br, "", Verb::up, "left+1", "base01 base02 left01 left02 -> left02"},
        {52, br, "", Verb::up, "@head", "HT0151"},
        {52, br, "", Verb::up, "head@left", "HT0157"},
        {53, br, "", Verb::up, "left@", "HT0151"},
        {54, br, "left02 righ02", Verb::down, "-1", "HT0156"},
        {55, br, "left02 righ02", Verb::down, "left@-1", "left02 -> left01 righ02"},
        {56, br, "left02 righ02", Verb::down, "left@-2", "left02 left01 -> righ02"},
        {56, br, "left02 righ02", Verb::down, "left@base02", "left02 left01 -> righ02"},
        {56, br, "left02 righ02", Verb::down, "left02@base02", "left02 left01 -> righ02"},
        {57, br, "left02 righ02", Verb::down, "left@-3", "HT0166"},
        {58, br, "left02 righ02", Verb::down, "left@base", "HT0166"},
        {58, br, "left02", Verb::down, "left@base", "left02 left01 base02 base01 ->"},
        {59, br, "left02 righ02", Verb::down, "base02", "righ02 righ01 left02 left01 -> base02"},
        {60, br, "left02 righ02", Verb::down, "left01", "left02 -> left01 righ02"},
        {60, br, "left02 righ02", Verb::down, "left@left01", "left02 -> left01 righ02"},
        {61, br, "left02 righ02", Verb::down, "left02", "-> left02 righ02"},
        {62, br, "left02", Verb::down, "righ01", "HT0165"},
        {63, br, "left02 righ02", Verb::down, "base02+1", "HT0155"},
        {63, br, "left02 righ02", Verb::down, "left@base02+1", "left02 -> left01 righ02"},
        {71, mg, "", Verb::up, "head", "base01 base02 left01 left02 righ01 righ02 merg01 aftr01 -> aftr01"},
        {72, mg, "left02", Verb::up, "heads", "righ01 righ02 merg01 aftr01 -> aftr01"},
        {73, mg, "left02", Verb::up, "+1", "righ01 righ02 merg01 -> merg01"},
        {74, mg, "left02 righ02", Verb::up, "+1", "HT0156"},
        {75, mg, "merg01", Verb::down, "-1", "HT0155"},
        {75, mg, "merg01", Verb::down, "left@-1", "HT0155"},
        {75, mg, "", Verb::up, "merg01-1", "HT0155"},
        {76, mg, "aftr01", Verb::down, "left02", "aftr01 merg01 -> left02 righ02"},
        {77, mg, "aftr01", Verb::down, "left@left01", "aftr01 merg01 left02 -> left01 righ02"},
    };
    check(rows);
}

TEST(AlembicRows, DependenciesOrderAndImplyRowsAsInAlembic) {
    const char* all = "core01 core02 nets01 nets02 nets03 -> nets03";
    const Row rows[] = {
        {86, dep, "", Verb::up, "head", "HT0153"},
        {87, dep, "", Verb::up, "heads", all},
        {87, dep, "", Verb::up, "net@head", all},
        {88, dep, "", Verb::up, "core@head", "core01 core02 -> core02"},
        {91, dep, "nets03", Verb::down, "net@base", "nets03 nets02 nets01 -> core02"},
        {92, dep, "nets03", Verb::down, "core@base", "nets03 nets02 core02 core01 -> nets01"},
        {93, dep, "nets03", Verb::down, "core@-1", "nets03 nets02 core02 -> core01 nets01"},
        {93, dep, "nets03", Verb::down, "core01", "nets03 nets02 core02 -> core01 nets01"},
        {94, dep, "nets03", Verb::down, "-1", "nets03 -> nets02"},
        {94, dep, "nets03", Verb::down, "-2", "nets03 nets02 -> core02 nets01"},
        {95, dep, "", Verb::up, "net@+1", "nets01 -> nets01"},
        {95, dep, "", Verb::up, "net@+2", "core01 core02 nets01 nets02 -> nets02"},
        {96, dep, "", Verb::up, "+1", "HT0155"},
        {97, dep, "nets01", Verb::up, "core@+1", "core01 -> core01 nets01"},
        {98, dep_longer, "nets03", Verb::up, "core@head", "core03 -> core03 nets03"},
        {100, dep, "", Verb::up, "net@core02", "HT0158"},
        {101, "core01 [core]; core02 < core01; nets01 ~ core", "", Verb::up, "nets01", "core01 nets01 -> nets01"},
    };
    check(rows);
}

TEST(AlembicRows, StampRewritesTheRowsOfItsLineAsInAlembic) {
    const Row rows[] = {
        {102, br, "", Verb::stamp, "head", "HT0153"},
        {102, br, "", Verb::stamp, "heads", "-> left02 righ02"},
        {103, br, "left02 righ02", Verb::stamp, "base", "->"},
        {104, br, "left02 righ02", Verb::stamp, "base02", "-> base02"},
        {104, br, "left02 righ02", Verb::stamp, "left01", "-> left01 righ02"},
        {105, br, "righ01", Verb::stamp, "left02", "-> left02 righ01"},
        {106, br, "base01", Verb::stamp, "left02", "-> left02"},
        {107, br, "left02 righ02", Verb::stamp, "left@base", "-> righ02"},
        {108, br, "", Verb::stamp, "left01 left02", "HT0169"},
        {108, br, "", Verb::stamp, "base01 left02", "HT0169"},
        {109, br, "", Verb::stamp, "+1", "HT0172"},
        {109, br, "", Verb::stamp, "-1", "HT0172"},
        {112, br, "base02 left01", Verb::up, "heads", "HT0161"},
        {112, br, "base02 left01", Verb::stamp, "heads", "-> left02 righ02"},
        {113, br, "zzzz99", Verb::up, "heads", "HT0160"},
        {113, br, "zzzz99", Verb::down, "base", "HT0160"},
        {113, br, "zzzz99", Verb::stamp, "heads", "HT0160"},
        {114, br, "left", Verb::up, "heads", "HT0160"},
        {118, br, "righ02", Verb::up, "left02", "left01 left02 -> left02 righ02"},
        {139, "", "", Verb::up, "head", "->"},
        {139, "", "", Verb::down, "base", "->"},
    };
    check(rows);
}

TEST(AlembicRows, PurgeForgetsRowsThatNoFileHas) {
    const auto graph = kit::graph_of({{"main", br}});
    const graph::DomainName domain("main");
    const std::string targets[] = {"left01"};
    const auto changes = plan_stamp(graph, {{domain, kit::ids("righ02 zzzz99")}}, {.domains = {domain}}, targets, true);
    ASSERT_TRUE(changes.ok()) << changes.error().sentence;
    ASSERT_EQ(changes->size(), 1U);
    EXPECT_EQ(changes->front().to, kit::ids("left01"));
    EXPECT_EQ(changes->front().row_changes.size(), 2U);
}

}  // namespace

}  // namespace haetae::plan
