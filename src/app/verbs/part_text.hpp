// SPDX-License-Identifier: Apache-2.0
// A part of a revision file as reports show it: cut into the transactions in which it would run, passwords masked.
#pragma once

#include "outcome/part_text.hpp"
#include "revisions/parts.hpp"

namespace haetae::verbs {

outcome::PartText part_text(const revisions::Part& part);

/// Each batch of a backfill is one transaction.
outcome::PartText part_text(const revisions::BackfillPart& part);

}  // namespace haetae::verbs
