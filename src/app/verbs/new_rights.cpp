// SPDX-License-Identifier: Apache-2.0
// Names that `roles` refuses get no rights here either: its own message is the place to say so.
#include "verbs/new_rights.hpp"

#include <algorithm>
#include <iterator>

#include "roles/role_sql.hpp"

namespace haetae::verbs {

std::string new_rights_sql(const settings::Settings& settings, const settings::Environment& environment,
                           const std::vector<settings::Domain>& made) {
    if (made.empty() || !environment.migration_role || !environment.app_role) return {};
    const auto roles = roles::roles_of(settings, environment);
    if (!roles) return {};
    return roles::domain_rights_sql(*roles, made) + roles::ledger_rights_sql(*roles);
}

base::Status give_rights(connect::Connection& connection, const settings::Settings& settings,
                         const settings::Environment& environment, const std::set<std::string>& created_schemas) {
    std::vector<settings::Domain> made;
    std::copy_if(settings.domains.begin(), settings.domains.end(), std::back_inserter(made),
                 [&](const settings::Domain& domain) { return created_schemas.contains(domain.schema); });
    const auto script = new_rights_sql(settings, environment, made);
    if (!script.empty()) TRY(connection.simple(script));
    return base::Done{};
}

}  // namespace haetae::verbs
