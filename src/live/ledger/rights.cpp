// SPDX-License-Identifier: Apache-2.0
// One query for the session and all schemas. Objects of a domain's schema may be made by a role that the session can
// take on (SET ROLE in a revision), so membership counts there; the books are written as the session's own role.
#include "ledger/rights.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "pg/identifier.hpp"

namespace haetae::ledger {

namespace {

struct SchemaFacts {
    bool exists = false;
    bool may_create = false;             ///< as the session's own role
    bool may_create_by_another = false;  ///< as a role it is a member of
};

base::Error lacks(const std::string& role, const std::string& right, const std::string& grant) {
    return {.code = "HT0631",
            .sentence = fmt::format("role {} lacks the right {}", role, right),
            .hint = fmt::format("an owner or administrator grants it with: {}", grant),
            .database_state = "nothing was changed"};
}

std::string session_query(const std::string& ledger_schema) {
    return fmt::format(
        "SELECT pg_catalog.pg_is_in_recovery(), pg_catalog.current_setting('transaction_read_only') = 'on', "
        "CURRENT_USER, "
        "pg_catalog.current_database(), pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE'), "
        "l.oid IS NOT NULL, coalesce(pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND "
        "pg_catalog.has_table_privilege(l.oid, 'SELECT') AND pg_catalog.has_table_privilege(l.oid, 'INSERT') AND "
        "pg_catalog.has_table_privilege(p.oid, 'SELECT') AND pg_catalog.has_table_privilege(p.oid, 'INSERT') AND "
        "pg_catalog.has_table_privilege(p.oid, 'UPDATE') AND pg_catalog.has_table_privilege(p.oid, 'DELETE'), false), "
        "n.oid IS NOT NULL, coalesce(pg_catalog.has_schema_privilege(n.oid, 'CREATE'), false) "
        "FROM (VALUES (1)) AS one LEFT JOIN pg_catalog.pg_namespace AS n ON n.nspname = {} "
        "LEFT JOIN pg_catalog.pg_class AS l ON l.relnamespace = n.oid AND l.relname = 'ledger' "
        "LEFT JOIN pg_catalog.pg_class AS p ON p.relnamespace = n.oid AND p.relname = 'progress'",
        pg::literal(ledger_schema));
}

base::Result<SchemaFacts> facts_of_schema(connect::Connection& connection, const std::string& schema) {
    const auto rows = TRY(connection.simple(fmt::format(
        "SELECT pg_catalog.has_schema_privilege(n.oid, 'CREATE'), EXISTS (SELECT FROM pg_catalog.pg_roles AS r WHERE "
        "pg_catalog.pg_has_role(r.oid, 'MEMBER') AND pg_catalog.has_schema_privilege(r.oid, n.oid, 'CREATE')) "
        "FROM pg_catalog.pg_namespace AS n WHERE n.nspname = {}",
        pg::literal(schema))));
    if (rows.empty()) return SchemaFacts{};
    return SchemaFacts{.exists = true, .may_create = rows.is_true(0, 0), .may_create_by_another = rows.is_true(0, 1)};
}

}  // namespace

base::Result<Missing> check_rights(connect::Connection& connection, std::span<const settings::Domain> domains,
                                   const VersionTables& tables, const std::string& ledger_schema) {
    const auto session = TRY(connection.simple(session_query(ledger_schema)));
    if (session.is_true(0, 0) || session.is_true(0, 1)) {
        return base::Error{.code = "HT0630",
                           .sentence = session.is_true(0, 0)
                                           ? "this server is a standby: it takes no changes"
                                           : "this session is read-only (default_transaction_read_only)",
                           .hint = "use the URL of the primary, and a role that may write",
                           .database_state = "nothing was changed"};
    }
    const auto& role = session.text(0, 2);
    const auto& database = session.text(0, 3);
    const bool may_make_schemas = session.is_true(0, 4);
    const auto create_on_database = [&](const std::string& schema) {
        return lacks(role, fmt::format("CREATE on database {}, to make the schema {}", database, schema),
                     fmt::format("GRANT CREATE ON DATABASE {} TO {};", pg::quote(database), pg::quote(role)));
    };
    const auto create_on_schema = [&](const std::string& schema) {
        return lacks(role, fmt::format("CREATE on schema {}", schema),
                     fmt::format("GRANT USAGE, CREATE ON SCHEMA {} TO {};", pg::quote(schema), pg::quote(role)));
    };

    const bool books_exist = session.is_true(0, 5);
    if (books_exist && !session.is_true(0, 6)) {
        return lacks(
            role, fmt::format("to write the ledger in schema {}", ledger_schema),
            fmt::format("GRANT USAGE ON SCHEMA {0} TO {1}; GRANT SELECT, INSERT ON {0}.ledger TO {1}; GRANT SELECT, "
                        "INSERT, UPDATE, DELETE ON {0}.progress TO {1};",
                        pg::quote(ledger_schema), pg::quote(role)));
    }
    if (!books_exist && session.is_true(0, 7) && !session.is_true(0, 8)) return create_on_schema(ledger_schema);
    if (!books_exist && !session.is_true(0, 7) && !may_make_schemas) return create_on_database(ledger_schema);

    Missing missing;
    for (const auto& domain : domains) {
        const auto& table = tables.at(domain.name);
        if (!table.schema_exists && !may_make_schemas) return create_on_database(domain.version_schema);
        if (table.schema_exists && !table.table_exists && !table.may_create)
            return create_on_schema(domain.version_schema);
        if (table.table_exists && !table.may_write) {
            const auto name = pg::quote(domain.version_schema, domain.version_table);
            return lacks(role, fmt::format("to write the version table {}", name),
                         fmt::format("GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {};", name, pg::quote(role)));
        }
        const auto objects = TRY(facts_of_schema(connection, domain.schema));
        if (objects.exists && !objects.may_create && !objects.may_create_by_another)
            return create_on_schema(domain.schema);
        if (!objects.exists && !may_make_schemas) return create_on_database(domain.schema);
        const bool known =
            std::find(missing.schemas.begin(), missing.schemas.end(), domain.schema) != missing.schemas.end();
        if (!objects.exists && !known) missing.schemas.push_back(domain.schema);
        if (!table.schema_exists && domain.version_schema != domain.schema)
            missing.schemas.push_back(domain.version_schema);
    }
    return missing;
}

}  // namespace haetae::ledger
