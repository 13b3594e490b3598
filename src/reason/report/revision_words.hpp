// SPDX-License-Identifier: Apache-2.0
// How reports speak of one revision: its marks, its parents, its line, its paragraph. The paragraph uses the words of a
// revision file's header.
#pragma once

#include <span>
#include <string>

#include "outcome/revision_row.hpp"

namespace haetae::report {

/// "(head)", "(effective head)" or "".
std::string head_mark(const outcome::RevisionRow& row);

/// "(current) (head) (branchpoint) (mergepoint) [grades]", in Alembic's words; "" where it is none.
std::string marks_of(const outcome::RevisionRow& row, bool is_current);

std::string labels_of(const outcome::RevisionRow& row);         ///< "grades, ranks"
std::string revises_words(const outcome::RevisionRow& row);     ///< "1b2c3d4e5f60", or "<base>"
std::string depends_on_words(const outcome::RevisionRow& row);  ///< other domains' as "users:77aa01bc23de"

/// The name of a revision as seen from a domain: with its own domain only where that is another.
std::string name_seen_from(const graph::DomainName& domain, const outcome::RevisionName& name);

/// "users:9f3c1a7b2d4e (head) [grades] add grade", with its line end.
std::string line_of(const outcome::RevisionRow& row);

/// The revision in the words of its header, with its file and message.
std::string paragraph_of(const outcome::RevisionRow& row, bool is_current);

bool is_among(const outcome::RevisionRow& row, std::span<const outcome::RevisionName> names);

}  // namespace haetae::report
