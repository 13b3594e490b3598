// SPDX-License-Identifier: Apache-2.0
// Which PostgreSQL's grammar statements are parsed by: what a later one added counts as not parsed.
#pragma once

namespace haetae::sql {

/// Of libpg_query: 150001 is that of PostgreSQL 15.1.
int grammar_version();

}  // namespace haetae::sql
