// SPDX-License-Identifier: Apache-2.0
// Catalog views that every role may read. A server without pg_available_extension_versions.trusted (before 13) is not
// asked for.
#include "protect/server_facts.hpp"

#include <fmt/format.h>

#include "pg/identifier.hpp"
#include "protect/identity.hpp"

namespace haetae::protect {

namespace {

constexpr std::string_view limits_query = R"(
SELECT s.name, pg_catalog.current_setting(s.name) FROM pg_catalog.pg_settings AS s
WHERE s.name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout',
                 'transaction_timeout') AND s.setting <> '0'
ORDER BY s.name)";

constexpr std::string_view extensions_query = R"(
SELECT w.name, a.name IS NOT NULL,
       EXISTS (SELECT FROM pg_catalog.pg_extension AS e WHERE e.extname = w.name),
       coalesce((SELECT v.trusted FROM pg_catalog.pg_available_extension_versions AS v
                 WHERE v.name = a.name AND v.version = a.default_version), false)
FROM pg_catalog.unnest(ARRAY[{names}]::text[]) AS w (name)
LEFT JOIN pg_catalog.pg_available_extensions AS a ON a.name = w.name ORDER BY w.name)";

}  // namespace

base::Result<checkup::ServerFacts> read_server_facts(connect::Connection& connection,
                                                     std::span<const settings::Domain> domains,
                                                     std::span<const std::string> extensions) {
    const auto identity = TRY(read_identity(connection, domains));
    checkup::ServerFacts facts{.role = identity.role,
                               .database = identity.database,
                               .address = identity.address,
                               .server_version = identity.server_version,
                               .is_superuser = identity.is_superuser,
                               .is_standby = identity.is_standby,
                               .is_read_only = identity.is_read_only,
                               .may_create_schemas = identity.may_create_schemas};
    for (const auto& rights : identity.domains) {
        facts.schemas.push_back({.domain = rights.domain,
                                 .schema = rights.schema,
                                 .exists = rights.schema_exists,
                                 .may_create = rights.may_use && rights.may_create});
    }
    const auto platform = TRY(
        connection.simple("SELECT EXISTS (SELECT FROM pg_catalog.pg_roles AS r WHERE r.rolname = 'supabase_admin')"));
    facts.is_supabase = platform.is_true(0, 0);
    const auto limits = TRY(connection.simple(limits_query));
    for (std::size_t i = 0; i < limits.size(); ++i) {
        facts.limits.push_back({.name = limits.text(i, 0), .value = limits.text(i, 1)});
    }
    std::string names;
    for (const auto& name : extensions) names += (names.empty() ? "" : ", ") + pg::literal(name);
    const auto found = TRY(connection.simple(fmt::format(fmt::runtime(extensions_query), fmt::arg("names", names))));
    for (std::size_t i = 0; i < found.size(); ++i) {
        facts.extensions.push_back({.name = found.text(i, 0),
                                    .is_available = found.is_true(i, 1),
                                    .is_installed = found.is_true(i, 2),
                                    .is_trusted = found.is_true(i, 3)});
    }
    return facts;
}

}  // namespace haetae::protect
