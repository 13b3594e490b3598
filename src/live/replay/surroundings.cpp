// SPDX-License-Identifier: Apache-2.0
// One query; names are written as SQL writes them. Passwords are told as being there or not.
#include "replay/surroundings.hpp"

#include <algorithm>

namespace haetae::replay {

namespace {

// Membership options differ between the versions (inherit_option and set_option from 16 on), so they come as JSON.
constexpr const char* query = R"(
SELECT true, pg_catalog.format('role %I ', r.rolname) || pg_catalog.concat_ws(' ',
           CASE WHEN r.rolsuper THEN 'SUPERUSER' END, CASE WHEN NOT r.rolinherit THEN 'NOINHERIT' END,
           CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END, CASE WHEN r.rolcreatedb THEN 'CREATEDB' END,
           CASE WHEN r.rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END, CASE WHEN r.rolreplication THEN 'REPLICATION' END,
           CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END,
           CASE WHEN r.rolconnlimit <> -1 THEN 'CONNECTION LIMIT ' || r.rolconnlimit::text END,
           CASE WHEN r.rolpassword IS NOT NULL THEN 'with a password' END,
           'VALID UNTIL ' || r.rolvaliduntil::text,
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.shobj_description(r.oid, 'pg_authid')))
  FROM pg_catalog.pg_authid AS r WHERE r.rolname NOT LIKE 'pg\_%'
UNION ALL
SELECT true, pg_catalog.format('role %I is a member of %I %s', u.rolname, g.rolname,
           pg_catalog.to_jsonb(m) - 'oid' - 'roleid' - 'member' - 'grantor')
  FROM pg_catalog.pg_auth_members AS m JOIN pg_catalog.pg_authid AS u ON u.oid = m.member
  JOIN pg_catalog.pg_authid AS g ON g.oid = m.roleid WHERE u.rolname NOT LIKE 'pg\_%'
UNION ALL
SELECT s.setdatabase = 0, pg_catalog.format('setting %s of %s', c.setting,
           CASE WHEN s.setrole = 0 THEN 'the database' ELSE pg_catalog.format('role %I', r.rolname) END)
  FROM pg_catalog.pg_db_role_setting AS s CROSS JOIN pg_catalog.unnest(s.setconfig) AS c(setting)
  LEFT JOIN pg_catalog.pg_authid AS r ON r.oid = s.setrole
  WHERE s.setdatabase IN (0, (SELECT d.oid FROM pg_catalog.pg_database AS d
                              WHERE d.datname = pg_catalog.current_database()))
UNION ALL
SELECT true, pg_catalog.format('tablespace %I', t.spcname)
  FROM pg_catalog.pg_tablespace AS t WHERE t.spcname NOT LIKE 'pg\_%'
UNION ALL
SELECT true, pg_catalog.format('database %I', d.datname)
  FROM pg_catalog.pg_database AS d WHERE NOT pg_catalog.starts_with(d.datname, $1)
UNION ALL
SELECT false, 'database ' || pg_catalog.concat_ws(' ', pg_catalog.format('OWNER %I', r.rolname),
           'privileges ' || d.datacl::text,
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.shobj_description(d.oid, 'pg_database')))
  FROM pg_catalog.pg_database AS d JOIN pg_catalog.pg_authid AS r ON r.oid = d.datdba
  WHERE d.datname = pg_catalog.current_database())";

}  // namespace

base::Result<Surroundings> read_surroundings(connect::Connection& connection, const std::string& without_databases) {
    const std::vector<connect::Parameter> parameters{without_databases};
    const auto rows = TRY(connection.query(query, parameters));
    Surroundings found;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        (rows.is_true(i, 0) ? found.server : found.database).push_back(rows.text(i, 1));
    }
    std::sort(found.server.begin(), found.server.end());
    std::sort(found.database.begin(), found.database.end());
    return found;
}

}  // namespace haetae::replay
