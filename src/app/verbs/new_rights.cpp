// SPDX-License-Identifier: Apache-2.0
// Names that `roles` refuses get no rights here either: its own message is the place to say so.
#include "verbs/new_rights.hpp"

#include "roles/role_sql.hpp"

namespace haetae::verbs {

std::string new_rights_sql(const settings::Settings& settings, const settings::Environment& environment,
                           const std::vector<settings::Domain>& made) {
    if (made.empty() || !environment.migration_role || !environment.app_role) return {};
    const auto roles = roles::roles_of(settings, environment);
    if (!roles) return {};
    return roles::domain_rights_sql(roles->app, made) + roles::ledger_rights_sql(*roles);
}

}  // namespace haetae::verbs
