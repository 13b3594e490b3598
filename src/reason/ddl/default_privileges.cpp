// SPDX-License-Identifier: Apache-2.0
// ALTER DEFAULT PRIVILEGES, behind everything else: it would change the privileges of what is made after it.
#include "ddl/belongings.hpp"
#include "ddl/kinds.hpp"

namespace haetae::ddl {

Creations create_default_privileges(const model::DefaultPrivileges& defaults, const Style& style) {
    if (!style.privileges) return {};
    return {{.object = {.kind = model::ObjectKind::schema, .name = defaults.schema, .part = "default privileges"},
             .rank = Rank::default_privileges,
             .group = defaults.role + std::string(1, '\0') + defaults.schema + std::string(1, '\0') + defaults.objects,
             .statements = default_privileges(defaults, style)}};
}

}  // namespace haetae::ddl
