// SPDX-License-Identifier: Apache-2.0
// Made once a run, before the first revision; what a revision makes itself is left to it.
#include "execute/ground.hpp"

#include <algorithm>

#include "pg/identifier.hpp"
#include "plan/version_row.hpp"

namespace haetae::execute {

std::set<std::string> schemas_created_by(const revisions::Part& part) {
    std::set<std::string> schemas;
    for (const auto& statement : part.statements) {
        const auto& created = statement.facts.creates_schemas;
        schemas.insert(created.begin(), created.end());
    }
    return schemas;
}

ledger::Missing schemas_to_make(ledger::Missing missing, std::span<const settings::Domain> domains,
                                const std::set<std::string>& created) {
    std::erase_if(missing.schemas, [&](const std::string& schema) {
        const bool holds_a_table = std::any_of(domains.begin(), domains.end(), [&](const settings::Domain& domain) {
            return domain.version_schema == schema;
        });
        return !holds_a_table && created.contains(schema);
    });
    return missing;
}

std::string room_sql(std::span<const settings::Domain> domains, const ledger::VersionTables& tables,
                     const ledger::Missing& missing) {
    std::string script;
    for (const auto& schema : missing.schemas) script += "CREATE SCHEMA IF NOT EXISTS " + pg::quote(schema) + ";\n";
    for (const auto& domain : domains) {
        if (!tables.at(domain.name).table_exists) script += plan::create_version_table_sql(domain) + ";\n";
    }
    return script;
}

}  // namespace haetae::execute
