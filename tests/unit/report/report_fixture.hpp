// SPDX-License-Identifier: Apache-2.0
// A small history to report on: users with a branch and a merge, character with a dependency on it, Korean messages.
#pragma once

#include <vector>

#include "outcome/revision_row.hpp"

namespace haetae::report {

inline graph::Graph example_graph() {
    using graph::BranchLabel;
    using graph::DomainName;
    using graph::RevisionId;
    const DomainName users("users");
    const DomainName character("character");
    const auto id = [](const char* text) { return RevisionId(text); };
    std::vector<graph::Revision> revisions{
        {.domain = users,
         .id = id("aaaa01"),
         .message = "create accounts",
         .created = "2026-11-22 10:00:00+00:00",
         .file = "migrations/users/versions/1.sql"},
        {.domain = users,
         .id = id("bbbb02"),
         .parents = {id("aaaa01")},
         .labels = {BranchLabel("mail")},
         .message = "이메일 추가",
         .phase = graph::Phase::expand,
         .file = "migrations/users/versions/2.sql"},
        {.domain = users,
         .id = id("cccc03"),
         .parents = {id("aaaa01")},
         .message = "phone",
         .file = "migrations/users/versions/3.sql"},
        {.domain = character,
         .id = id("dddd04"),
         .depends_on = {{.domain = users, .name = "aaaa01"}},
         .message = "create characters",
         .file = "migrations/character/versions/1.sql"},
    };
    auto graph = graph::Graph::build(std::move(revisions), {users, character});
    return std::move(graph).value();
}

/// Ancestors first.
inline std::vector<outcome::RevisionRow> example_rows() {
    const auto graph = example_graph();
    const auto order = graph.topological();
    return outcome::rows_of(graph, {order.begin(), order.end()});
}

}  // namespace haetae::report
