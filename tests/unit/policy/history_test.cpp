// SPDX-License-Identifier: Apache-2.0
// What the history on disk says of a database, as a table: which revisions are applied, which the ledger knows, which
// were edited since.
#include "policy/history.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "kit/history.hpp"

namespace haetae::policy {
namespace {

graph::Node node_of(const graph::Graph& graph, const std::string& id) {
    for (graph::Node node = 0; node < graph.size(); ++node) {
        if (graph.at(node).id.text() == id) return node;
    }
    throw std::runtime_error("no revision " + id);
}

std::vector<std::string> words(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> list;
    for (std::string word; in >> word;) list.push_back(word);
    return list;
}

struct Case {
    std::string history;
    std::string applied;
    std::string recorded;
    std::string edited{};  ///< "b" its up part, "b-" its down part
    std::string findings;
};

HistoryFindings found(const graph::Graph& graph, const Case& given) {
    std::vector<graph::Node> applied;
    for (const auto& id : words(given.applied)) applied.push_back(node_of(graph, id));
    RecordedChecksums recorded;
    for (const auto& id : words(given.recorded)) {
        recorded[{graph::DomainName("d"), graph::RevisionId(id)}] = {.up = "up", .down = "down"};
    }
    const auto edited = words(given.edited);
    const auto is_edited = [&](const std::string& word) {
        return std::find(edited.begin(), edited.end(), word) != edited.end();
    };
    return check_history(graph, applied, recorded,
                         [&](graph::Node node) -> base::Result<Checksums> {
                             const auto id = graph.at(node).id.text();
                             return Checksums{.up = is_edited(id) ? "other" : "up",
                                              .down = is_edited(id + "-") ? "other" : "down"};
                         })
        .value();
}

std::string told(const graph::Graph& graph, const HistoryFindings& findings) {
    std::string text;
    const auto add = [&](const std::string& word, const std::vector<graph::Node>& nodes) {
        if (!nodes.empty()) text += (text.empty() ? "" : "; ") + word + " " + kit::names(graph, nodes);
    };
    add("edited", findings.edited_up);
    add("edited-down", findings.edited_down);
    add("late", findings.late);
    add("unrecorded", findings.unrecorded);
    return text;
}

TEST(History, finds_what_was_edited_merged_in_late_or_applied_by_another_tool) {
    const std::string line = "a; b < a; c < b; e < c";
    const std::vector<Case> cases{
        {.history = line, .applied = "a b c", .recorded = "a b c", .findings = ""},
        {.history = line, .applied = "", .recorded = "", .findings = ""},
        {.history = line, .applied = "a b c", .recorded = "a b c", .edited = "b", .findings = "edited b"},
        {.history = line,
         .applied = "a b c",
         .recorded = "a b c",
         .edited = "b c-",
         .findings = "edited b; edited-down c"},
        {.history = line, .applied = "a b c", .recorded = "a b c", .edited = "a a-", .findings = "edited a"},
        {.history = line, .applied = "a b", .recorded = "a b c", .edited = "c", .findings = ""},
        // Put below an applied revision afterwards.
        {.history = line, .applied = "a b c", .recorded = "a c", .findings = "late b"},
        {.history = line, .applied = "a b c e", .recorded = "e", .findings = "late a b c"},
        // Never seen here: another tool went on from where haetae stood, or did all of it.
        {.history = line, .applied = "a b c", .recorded = "a", .findings = "unrecorded b c"},
        {.history = line, .applied = "a b c", .recorded = "", .findings = "unrecorded a b c"},
        // Another tool in between, taken over since: all is on record.
        {.history = line, .applied = "a b c e", .recorded = "a b c e", .findings = ""},
        // A branch that another tool applied beside ours is no late one.
        {.history = "a; b < a; c < a", .applied = "a b c", .recorded = "a b", .findings = "unrecorded c"},
        {.history = "a; b < a; c < a; m < b c", .applied = "a b c m", .recorded = "a b m", .findings = "late c"},
        // Through dependencies within the domain.
        {.history = "a; b; c < a ~ b", .applied = "a b c", .recorded = "a c", .findings = "late b"},
        {.history = "a; b; c < a ~ b", .applied = "a b c", .recorded = "a", .findings = "unrecorded b c"},
    };
    for (const auto& given : cases) {
        const auto graph = kit::graph_of({{"d", given.history}});
        EXPECT_EQ(told(graph, found(graph, given)), given.findings)
            << given.history << " | " << given.applied << " | " << given.recorded;
    }
}

TEST(History, a_dependency_on_another_domain_makes_nothing_late_there) {
    const auto graph = kit::graph_of({{"users", "u1"}, {"game", "g1 ~ users:u1"}});
    const std::vector<graph::Node> applied{node_of(graph, "u1"), node_of(graph, "g1")};
    const RecordedChecksums recorded{{{graph::DomainName("game"), graph::RevisionId("g1")}, {.up = "up", .down = ""}}};
    const auto findings = check_history(graph, applied, recorded, [](graph::Node) -> base::Result<Checksums> {
        return Checksums{.up = "up", .down = ""};
    });
    ASSERT_TRUE(findings);
    EXPECT_TRUE(findings->late.empty());
    EXPECT_EQ(findings->unrecorded.size(), 1U);
}

TEST(History, edited_and_late_revisions_are_refused_unless_excepted) {
    const Case given{
        .history = "a; b < a; c < b", .applied = "a b c", .recorded = "a c", .edited = "c", .findings = ""};
    const auto graph = kit::graph_of({{"d", given.history}});
    const auto findings = found(graph, given);
    const auto code = [&](const Exceptions& exceptions) {
        const auto status = judge_history(graph, findings, exceptions);
        return status ? std::string("allowed") : status.error().code;
    };
    const auto a = node_of(graph, "a");
    const auto b = node_of(graph, "b");
    const auto c = node_of(graph, "c");
    EXPECT_EQ(code({}), "HT0701");
    EXPECT_EQ(code({.accept_edited = {c}}), "HT0702");
    EXPECT_EQ(code({.accept_edited = {c}, .out_of_order = {b}}), "allowed");
    EXPECT_EQ(code({.accept_edited = {c, a}, .out_of_order = {b}}), "HT0703");
    EXPECT_EQ(code({.accept_edited = {c}, .out_of_order = {b, a}}), "HT0703");
    EXPECT_NE(judge_history(graph, findings, {}).error().hint.find("--accept-edited c"), std::string::npos);
}

}  // namespace
}  // namespace haetae::policy
