// SPDX-License-Identifier: Apache-2.0
// Default privileges: in a schema they come on top of the built-in ones, without a schema they stand in their place
// (manual, ALTER DEFAULT PRIVILEGES). Those without a schema are no matter of one schema and read with all of them
// only.
#include <algorithm>

#include "catalog/acl.hpp"
#include "catalog/kinds.hpp"

namespace haetae::catalog {

namespace {

constexpr std::string_view query = R"(
SELECT pg_catalog.pg_get_userbyid(d.defaclrole), n.nspname,
       CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
                            WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' WHEN 'L' THEN 'LARGE OBJECTS'
                            ELSE d.defaclobjtype::pg_catalog.text END,
       d.defaclacl, pg_catalog.acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole)
FROM scope, pg_catalog.pg_default_acl AS d LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = d.defaclnamespace
WHERE d.defaclnamespace = ANY (scope.schemas) OR (d.defaclnamespace = 0 AND scope.everything))";

}  // namespace

base::Status read_default_privileges(Scope& scope) {
    auto answer = TRY(scope.ask(query));
    while (answer.next()) {
        model::DefaultPrivileges defaults{.role = answer.text()};
        defaults.schema = answer.text();
        defaults.objects = answer.text();
        const auto acl = answer.text();
        defaults.privileges = defaults.schema.empty() ? privileges(acl, answer.text(), defaults.role)
                                                      : additional_privileges(acl, answer.text(), defaults.role);
        if (!defaults.privileges.are_default()) scope.database.default_privileges.push_back(std::move(defaults));
    }
    std::sort(scope.database.default_privileges.begin(), scope.database.default_privileges.end());
    return base::Done{};
}

}  // namespace haetae::catalog
