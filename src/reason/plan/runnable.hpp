// SPDX-License-Identifier: Apache-2.0
// May this part of a revision be run as it is? What would fail half-way, or take the ground from under the books, is
// refused before anything runs.
#pragma once

#include <string>

#include "base/result.hpp"
#include "graph/revision.hpp"
#include "plan/plan.hpp"
#include "revisions/parts.hpp"
#include "settings/settings.hpp"

namespace haetae::plan {

/// Errors: HT0616 a backfill part, which cannot be run; HT0617 CREATE INDEX CONCURRENTLY without a name; HT0618 CREATE
/// SCHEMA of the schema that haetae makes for the version table; HT0619 DROP SCHEMA of a schema that holds the books;
/// HT0622 no down part.
base::Status check_runnable(const settings::Settings& settings, const graph::Revision& revision,
                            const revisions::Parts& parts, Direction direction);

}  // namespace haetae::plan
