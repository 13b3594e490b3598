// SPDX-License-Identifier: Apache-2.0
// pg_query.h says it as a macro, with the number of the PostgreSQL it was made from.
#include "sql/grammar.hpp"

#include <pg_query.h>

namespace haetae::sql {

int grammar_version() {
    return PG_VERSION_NUM;
}

}  // namespace haetae::sql
