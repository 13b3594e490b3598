// SPDX-License-Identifier: Apache-2.0
// The session's own functions, pg_roles, and the privilege functions of the manual's section 9.27.
#include "protect/identity.hpp"

#include <fmt/format.h>

#include "pg/identifier.hpp"

namespace haetae::protect {

namespace {

constexpr std::string_view session_query = R"(
SELECT CURRENT_USER, SESSION_USER, pg_catalog.current_database(), pg_catalog.current_setting('server_version'),
       coalesce(pg_catalog.host(pg_catalog.inet_server_addr()) || ':' || pg_catalog.inet_server_port(), 'unix socket'),
       pg_catalog.pg_is_in_recovery(), pg_catalog.current_setting('transaction_read_only') = 'on', r.rolsuper,
       pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE'),
       r.rolcreaterole, r.rolcreatedb, r.rolbypassrls, r.rolreplication
FROM pg_catalog.pg_roles AS r WHERE r.rolname = CURRENT_USER)";

constexpr std::string_view membership_query = R"(
SELECT m.rolname FROM pg_catalog.pg_roles AS m
WHERE m.rolname <> CURRENT_USER AND NOT (SELECT r.rolsuper FROM pg_catalog.pg_roles AS r WHERE r.rolname = CURRENT_USER)
  AND pg_catalog.pg_has_role(m.oid, 'MEMBER') ORDER BY 1)";

constexpr std::string_view domain_query = R"(
SELECT w.number, n.oid IS NOT NULL, coalesce(pg_catalog.has_schema_privilege(n.oid, 'USAGE'), false),
       coalesce(pg_catalog.has_schema_privilege(n.oid, 'CREATE'), false), count(c.oid),
       count(c.oid) FILTER (WHERE pg_catalog.has_table_privilege(c.oid, 'SELECT')),
       count(c.oid) FILTER (WHERE pg_catalog.has_table_privilege(c.oid, 'INSERT')
                              AND pg_catalog.has_table_privilege(c.oid, 'UPDATE')
                              AND pg_catalog.has_table_privilege(c.oid, 'DELETE'))
FROM (VALUES {values}) AS w (number, schema_name)
LEFT JOIN pg_catalog.pg_namespace AS n ON n.nspname = w.schema_name
LEFT JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p')
GROUP BY w.number, n.oid ORDER BY w.number)";

}  // namespace

base::Result<Identity> read_identity(connect::Connection& connection, std::span<const settings::Domain> domains) {
    const auto session = TRY(connection.simple(session_query));
    Identity identity{.role = session.text(0, 0),
                      .session_role = session.text(0, 1),
                      .database = session.text(0, 2),
                      .server_version = session.text(0, 3),
                      .address = session.text(0, 4),
                      .is_standby = session.is_true(0, 5),
                      .is_read_only = session.is_true(0, 6),
                      .is_superuser = session.is_true(0, 7),
                      .may_create_schemas = session.is_true(0, 8)};
    const char* const attributes[] = {"CREATEROLE", "CREATEDB", "BYPASSRLS", "REPLICATION"};
    for (std::size_t i = 0; i < 4; ++i) {
        if (session.is_true(0, 9 + i)) identity.attributes.emplace_back(attributes[i]);
    }
    const auto members = TRY(connection.simple(membership_query));
    for (std::size_t i = 0; i < members.size(); ++i) identity.memberships.push_back(members.text(i, 0));
    if (domains.empty()) return identity;

    std::string values;
    for (std::size_t i = 0; i < domains.size(); ++i) {
        values += fmt::format("{}({}, {}::name)", i == 0 ? "" : ", ", i, pg::literal(domains[i].schema));
    }
    const auto rights = TRY(connection.simple(fmt::format(fmt::runtime(domain_query), fmt::arg("values", values))));
    for (std::size_t i = 0; i < rights.size(); ++i) {
        identity.domains.push_back({.domain = domains[i].name,
                                    .schema = domains[i].schema,
                                    .schema_exists = rights.is_true(i, 1),
                                    .may_use = rights.is_true(i, 2),
                                    .may_create = rights.is_true(i, 3),
                                    .tables = std::stoul(rights.text(i, 4)),
                                    .readable = std::stoul(rights.text(i, 5)),
                                    .writable = std::stoul(rights.text(i, 6))});
    }
    return identity;
}

}  // namespace haetae::protect
