// SPDX-License-Identifier: Apache-2.0
// What `revision` and `merge` share: the domain that is meant, and a new file that is checked against the whole graph
// before anything is written.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/verb.hpp"
#include "revisions/template.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

/// What is wanted of a new revision; nothing checked yet.
struct Draft {
    graph::DomainName domain;
    std::string message;
    std::vector<graph::Node> parents{};
    bool splice = false;  ///< parents need not be heads
    std::vector<graph::DependencyRef> depends_on{};
    revisions::RevisionSql sql{};
};

/// --rev-id, --branch-label, --splice and -m, as both verbs take them.
std::vector<cli::Option> options_of_new_revisions();

/// The one domain of the scope; deprecated ones are not meant unless they are named.
/// Errors: HT0113 several; HT0125 none.
base::Result<graph::DomainName> one_domain(const Workspace& workspace);

/// Checks all of it, writes the file, and says what comes next. Takes --rev-id and --branch-label from `given`.
/// Errors, before anything is written: HT0114 the domain is deprecated; HT0117 a parent that is no head; HT0118 an id
/// that is taken; HT0119 a label that is taken; HT0204, HT0205 an id or label that cannot be one; those of
/// Graph::build, template_of, revision_text and write_revision.
base::Result<cli::Output> write_new_revision(const Workspace& workspace, const Draft& draft, const cli::Given& given,
                                             cli::Talk& talk);

}  // namespace haetae::verbs
