// SPDX-License-Identifier: Apache-2.0
// Reports for scripts: one JSON document each, with its line end. Keys are only ever added; ids are whole; lists keep
// their order. The documents are described in docs/reference/json.md.
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

std::string heads_json(std::span<const outcome::RevisionRow> heads);
/// With `current`, each revision also says whether a database stands there.
std::string history_json(std::span<const outcome::RevisionRow> rows);
std::string history_json(std::span<const outcome::RevisionRow> rows, std::span<const outcome::RevisionName> current);
std::string branches_json(std::span<const outcome::Branch> branches);
std::string show_json(std::span<const outcome::RevisionDetail> revisions);
std::string current_json(std::span<const outcome::DomainStatus> domains);
std::string status_json(std::span<const outcome::DomainStatus> domains);
std::string plan_json(const outcome::PlannedRun& run);
std::string graph_json(std::span<const graph::DomainName> domains, std::span<const outcome::RevisionRow> rows);

/// `is_ok`: the exit code will be 0.
std::string verification_json(const outcome::Verification& verification, bool is_ok);

/// What `revision` and `merge` wrote; `file` as seen from the working directory.
std::string written_json(const outcome::RevisionRow& row, const std::string& file);

}  // namespace haetae::report
