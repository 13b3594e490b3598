// SPDX-License-Identifier: Apache-2.0
// Reports for people: short, aligned, in words that may be typed back. Every text ends with a line end, or is empty
// where there is nothing to show; what to do next is the verb's to say.
#pragma once

#include <span>
#include <string>

#include "outcome/branch.hpp"
#include "outcome/domain_status.hpp"
#include "outcome/planned_step.hpp"
#include "outcome/proof.hpp"
#include "outcome/revision_detail.hpp"
#include "outcome/revision_row.hpp"

namespace haetae::report {

/// A line a head; `verbose`: a paragraph each.
std::string heads_text(std::span<const outcome::RevisionRow> heads, bool verbose);

/// A line a revision, in the order given. `current` marks those: the revisions where a database stands.
std::string history_text(std::span<const outcome::RevisionRow> rows, std::span<const outcome::RevisionName> current,
                         bool verbose);

std::string branches_text(std::span<const outcome::Branch> branches, bool verbose);

/// A paragraph a revision, with its SQL.
std::string show_text(std::span<const outcome::RevisionDetail> revisions);

/// What is applied, a line a revision; a domain with nothing applied has a line too.
std::string current_text(std::span<const outcome::DomainStatus> domains, bool verbose);

/// A line a domain.
std::string status_text(std::span<const outcome::DomainStatus> domains);

/// Every step with its statements.
std::string plan_text(const outcome::PlannedRun& run);

/// A line a revision, a paragraph a finding, and what became of the way down to base and up again.
std::string verification_text(const outcome::Verification& verification);

/// "1 revision", "3 revisions"
std::string counted(std::size_t count, const std::string& noun);

}  // namespace haetae::report
