// SPDX-License-Identifier: Apache-2.0
// Built on the grants themselves (aclexplode) rather than on has_…_privilege, because a mend must name whom the grant
// was made to: the role, PUBLIC, or a role on the way. What an owner may do by being the owner is a finding of
// ownership, not of grants.
#include "roles/proof_query.hpp"

#include <fmt/format.h>

#include "pg/identifier.hpp"

namespace haetae::roles {

namespace {

// `reach`: the application role and every role it could become or inherits from, up to the powerful ones: that it is a
// member of one is the finding then, and the rights of that role are none to be mended. A membership with neither SET
// nor INHERIT counts as well: its holder may have ADMIN, and with that the rest. `pg_database_owner` has no row in
// pg_auth_members: its one member is the database's owner.
constexpr std::string_view foundation = R"(
WITH RECURSIVE
    here AS (SELECT d.oid, d.datname, d.datdba, d.datacl FROM pg_catalog.pg_database AS d
             WHERE d.datname = pg_catalog.current_database()),
    app AS (SELECT * FROM pg_catalog.pg_roles AS r WHERE r.rolname = {app}),
    migration AS (SELECT * FROM pg_catalog.pg_roles AS r WHERE r.rolname = {migration}),
    edges (member, roleid) AS (
        SELECT m.member, m.roleid FROM pg_catalog.pg_auth_members AS m
        UNION ALL SELECT h.datdba, r.oid FROM here AS h, pg_catalog.pg_roles AS r WHERE r.rolname = 'pg_database_owner'),
    powerful AS (
        SELECT r.* FROM pg_catalog.pg_roles AS r
        WHERE r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication OR r.rolbypassrls
           OR r.rolname = {migration}
           OR r.rolname IN ('pg_execute_server_program', 'pg_write_server_files', 'pg_read_server_files', 'pg_maintain',
                            'pg_create_subscription', 'pg_write_all_data', 'pg_signal_backend')),
    reach (oid) AS (
        SELECT a.oid FROM app AS a
        UNION SELECT e.roleid FROM reach AS r JOIN edges AS e ON e.member = r.oid
        WHERE e.roleid NOT IN (SELECT p.oid FROM powerful AS p)),
    spaces AS (
        SELECT n.oid, n.nspname, n.nspowner, n.nspacl, n.nspname = ANY ({domain_schemas}) AS is_domain,
               n.nspname = ANY ({read_schemas}) AS is_read
        FROM pg_catalog.pg_namespace AS n WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'),
    relations AS (
        SELECT c.oid, c.tableoid, c.relkind, c.relowner, c.relacl, s.nspname, s.is_domain, s.is_read,
               pg_catalog.format('%I.%I', s.nspname, c.relname) AS name,
               (s.nspname, c.relname) IN (
                   SELECT v.schema, v.name
                   FROM ROWS FROM (pg_catalog.unnest({version_schemas}), pg_catalog.unnest({version_tables})) AS v (schema, name))
                   OR s.nspname = {ledger} AND c.relkind <> 'S' AS is_book,
               s.nspname = {ledger} AND c.relname = 'environment' AS is_mark
        FROM pg_catalog.pg_class AS c JOIN spaces AS s ON s.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')),
    ours AS (
        SELECT r.* FROM relations AS r WHERE (r.is_domain OR r.is_read) AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_depend AS d
            WHERE d.classid = r.tableoid AND d.objid = r.oid AND d.deptype = 'e')),
    routines AS (
        SELECT p.oid, p.prosecdef, p.proconfig, p.proowner, p.proacl, s.is_domain, i.identity AS name,
               p.prorettype IN ('pg_catalog.trigger'::pg_catalog.regtype, 'pg_catalog.event_trigger'::pg_catalog.regtype)
                   AS is_trigger,
               EXISTS (SELECT FROM pg_catalog.pg_depend AS d WHERE d.classid = p.tableoid AND d.objid = p.oid
                                                               AND d.deptype = 'e') AS is_extensions
        FROM pg_catalog.pg_proc AS p JOIN spaces AS s ON s.oid = p.pronamespace
        CROSS JOIN LATERAL pg_catalog.pg_identify_object(p.tableoid, p.oid, 0) AS i),
    -- What the application is to have on each object: with the ownership it had, its own grants go to the new owner. The
    -- sequence of a column goes with its table.
    wanted (classid, objid, word, name, rights) AS (
        SELECT r.tableoid, CASE r.relkind WHEN 'S' THEN coalesce(d.refobjid, r.oid) ELSE r.oid END,
               CASE r.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, r.name,
               CASE WHEN r.relkind = 'S' THEN 'USAGE, SELECT' WHEN r.is_book OR r.is_read THEN 'SELECT'
                    ELSE 'SELECT, INSERT, UPDATE, DELETE' END
        FROM ours AS r LEFT JOIN pg_catalog.pg_depend AS d
            ON d.classid = r.tableoid AND d.objid = r.oid AND d.objsubid = 0 AND d.deptype = 'a' AND r.relkind = 'S'
            AND d.refclassid = r.tableoid
        WHERE r.relkind <> 'S' OR r.is_domain AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_depend AS x WHERE x.classid = r.tableoid AND x.objid = r.oid AND x.deptype = 'i')
        UNION ALL SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid, 'ROUTINE', p.name, 'EXECUTE'
        FROM routines AS p WHERE p.is_domain AND NOT p.prosecdef AND NOT p.is_extensions
        UNION ALL SELECT 'pg_catalog.pg_namespace'::pg_catalog.regclass, s.oid, 'SCHEMA', pg_catalog.quote_ident(s.nspname),
                         'USAGE' FROM spaces AS s WHERE s.is_domain OR s.is_read),
    lists (class, word, oid, name, owner, acl, only_column) AS (
        SELECT 'relation', CASE r.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, r.oid, r.name, r.relowner, r.relacl,
               NULL::name FROM relations AS r WHERE r.relacl IS NOT NULL
        UNION ALL SELECT 'relation', 'TABLE', r.oid, r.name, r.relowner, a.attacl, a.attname
        FROM relations AS r JOIN pg_catalog.pg_attribute AS a ON a.attrelid = r.oid
        WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
        UNION ALL SELECT 'schema', 'SCHEMA', s.oid, pg_catalog.quote_ident(s.nspname), s.nspowner, s.nspacl, NULL
        FROM spaces AS s WHERE s.nspacl IS NOT NULL
        UNION ALL SELECT 'database', 'DATABASE', h.oid, pg_catalog.quote_ident(h.datname), h.datdba,
                         coalesce(h.datacl, pg_catalog.acldefault('d', h.datdba)), NULL FROM here AS h
        UNION ALL SELECT 'routine', 'ROUTINE', p.oid, p.name, p.proowner,
                         coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner)), NULL
        FROM routines AS p WHERE p.proacl IS NOT NULL OR p.prosecdef
        UNION ALL SELECT 'type', 'TYPE', t.oid, i.identity, t.typowner, t.typacl, NULL
        FROM pg_catalog.pg_type AS t JOIN spaces AS s ON s.oid = t.typnamespace
        CROSS JOIN LATERAL pg_catalog.pg_identify_object(t.tableoid, t.oid, 0) AS i WHERE t.typacl IS NOT NULL
        UNION ALL SELECT 'language', 'LANGUAGE', l.oid, pg_catalog.quote_ident(l.lanname), l.lanowner,
                         coalesce(l.lanacl, pg_catalog.acldefault('l', l.lanowner)), NULL
        FROM pg_catalog.pg_language AS l WHERE l.lanispl),
    grants AS (
        SELECT l.*, x.grantor, x.grantee, x.is_grantable, x.privilege_type AS privilege,
               x.privilege_type || CASE WHEN l.only_column IS NULL THEN ''
                                        ELSE pg_catalog.format(' (%I)', l.only_column) END AS right_text,
               x.grantee = 0 OR EXISTS (SELECT FROM reach AS r WHERE r.oid = x.grantee) AS is_apps,
               CASE x.grantee WHEN 0 THEN 'PUBLIC'
                              ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(x.grantee)) END AS grantee_name
        FROM lists AS l CROSS JOIN LATERAL pg_catalog.aclexplode(l.acl) AS x WHERE x.grantee <> l.owner),
    verdicts (topic, class, word, oid, name, owner, grantor, grantee, grantee_name, right_text, is_grantable) AS ({verdicts}),
    excess AS (
        SELECT v.topic, v.name, v.grantee_name, pg_catalog.string_agg(v.right_text, ', ' ORDER BY v.right_text) AS rights,
               CASE WHEN v.grantor = v.owner THEN pg_catalog.format(
                        'REVOKE %s ON %s %s FROM %s%s;', pg_catalog.string_agg(v.right_text, ', ' ORDER BY v.right_text),
                        v.word, v.name, v.grantee_name, CASE WHEN pg_catalog.bool_or(v.is_grantable) THEN ' CASCADE' ELSE '' END)
                    ELSE pg_catalog.format(
                        'REVOKE GRANT OPTION FOR %s ON %s %s FROM %I CASCADE;',
                        pg_catalog.string_agg(v.right_text, ', ' ORDER BY v.right_text), v.word, v.name,
                        pg_catalog.pg_get_userbyid(v.grantor)) END AS mend
        FROM verdicts AS v GROUP BY v.topic, v.word, v.oid, v.name, v.owner, v.grantor, v.grantee, v.grantee_name)
)";

// Which of the grants should not be there, and under which check they are shown.
constexpr std::string_view verdicts = R"(
        SELECT 'app-database', g.class, g.word, g.oid, g.name, g.owner, g.grantor, g.grantee, g.grantee_name,
               g.right_text, g.is_grantable
        FROM grants AS g WHERE g.is_apps AND g.class = 'database' AND g.privilege IN ('CREATE', 'TEMPORARY')
        UNION ALL
        SELECT 'app-schemas', g.class, g.word, g.oid, g.name, g.owner, g.grantor, g.grantee, g.grantee_name,
               g.right_text, g.is_grantable
        FROM grants AS g WHERE g.is_apps AND g.class = 'schema' AND g.privilege = 'CREATE'
        UNION ALL
        SELECT 'app-tables', g.class, g.word, g.oid, g.name, g.owner, g.grantor, g.grantee, g.grantee_name,
               g.right_text, g.is_grantable
        FROM grants AS g WHERE g.is_apps AND g.class = 'relation' AND g.word = 'TABLE'
                           AND g.privilege IN ('TRIGGER', 'TRUNCATE', 'REFERENCES', 'MAINTAIN')
        UNION ALL
        SELECT 'app-books', g.class, g.word, g.oid, g.name, g.owner, g.grantor, g.grantee, g.grantee_name,
               g.right_text, g.is_grantable
        FROM grants AS g JOIN relations AS r ON r.oid = g.oid
        WHERE g.class = 'relation' AND r.is_book AND g.privilege IN ('INSERT', 'UPDATE', 'DELETE')
          AND (g.is_apps OR r.is_mark)
        UNION ALL
        SELECT 'app-functions', g.class, g.word, g.oid, g.name, g.owner, g.grantor, g.grantee, g.grantee_name,
               g.right_text, g.is_grantable
        FROM grants AS g JOIN routines AS p ON p.oid = g.oid
        WHERE g.class = 'routine' AND g.is_apps AND p.prosecdef AND NOT p.is_trigger AND NOT p.is_extensions
          AND NOT EXISTS (SELECT FROM app AS a WHERE a.oid = p.proowner)
        UNION ALL
        SELECT 'app-languages', g.class, g.word, g.oid, g.name, g.owner, g.grantor, g.grantee, g.grantee_name,
               g.right_text, g.is_grantable
        FROM grants AS g JOIN pg_catalog.pg_language AS l ON l.oid = g.oid
        WHERE g.class = 'language' AND g.is_apps AND l.lanpltrusted
          AND (l.lanname LIKE 'pl%u' OR NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d WHERE d.classid = l.tableoid
                                                      AND d.objid = l.oid AND d.deptype = 'e'))
        UNION ALL
        SELECT 'others-kept-out', g.class, g.word, g.oid, g.name, g.owner, g.grantor, g.grantee, g.grantee_name,
               g.right_text, g.is_grantable
        FROM grants AS g LEFT JOIN relations AS r ON g.class = 'relation' AND r.oid = g.oid
        LEFT JOIN spaces AS s ON g.class = 'schema' AND s.oid = g.oid
        LEFT JOIN routines AS p ON g.class = 'routine' AND p.oid = g.oid
        WHERE g.grantee = 0 AND (
            (r.is_domain OR r.is_read) AND NOT (r.is_mark AND g.privilege = 'SELECT')
            OR (s.is_domain OR s.is_read) AND g.privilege = 'USAGE' AND s.nspname NOT IN ('public', {ledger})))";

constexpr std::string_view app_findings = R"(
SELECT 'app-exists', {app}, pg_catalog.format('CREATE ROLE %I LOGIN;', {app}) WHERE NOT EXISTS (SELECT FROM app)
UNION ALL SELECT 'app-exists', 'it may not log in', pg_catalog.format('ALTER ROLE %I LOGIN;', a.rolname)
FROM app AS a WHERE NOT a.rolcanlogin
UNION ALL SELECT 'app-attributes', w.words, pg_catalog.format('ALTER ROLE %I %s;', w.rolname,
                                                           pg_catalog.regexp_replace(w.words, '(\w+)', 'NO\1', 'g'))
FROM (SELECT a.rolname, pg_catalog.concat_ws(' ', CASE WHEN a.rolsuper THEN 'SUPERUSER' END,
                                             CASE WHEN a.rolcreaterole THEN 'CREATEROLE' END,
                                             CASE WHEN a.rolcreatedb THEN 'CREATEDB' END,
                                             CASE WHEN a.rolreplication THEN 'REPLICATION' END,
                                             CASE WHEN a.rolbypassrls THEN 'BYPASSRLS' END) AS words
      FROM app AS a) AS w WHERE w.words <> ''
UNION ALL SELECT 'app-memberships', pg_catalog.format('%s, through %s', p.rolname, pg_catalog.pg_get_userbyid(m.member)),
                 pg_catalog.format('REVOKE %I FROM %I%s;', p.rolname, pg_catalog.pg_get_userbyid(m.member),
                                   CASE WHEN {since_16} THEN pg_catalog.format(
                                       ' GRANTED BY %I CASCADE', pg_catalog.pg_get_userbyid(m.grantor)) ELSE '' END)
FROM powerful AS p JOIN pg_catalog.pg_auth_members AS m ON m.roleid = p.oid JOIN reach AS r ON r.oid = m.member
UNION ALL SELECT 'app-ownership', pg_catalog.concat_ws(' ', i.type, i.identity),
                 CASE i.type WHEN 'extension'
                      THEN pg_catalog.format('REASSIGN OWNED BY %I TO %I;', pg_catalog.pg_get_userbyid(d.refobjid), {migration})
                      ELSE pg_catalog.format('ALTER %s %s OWNER TO %I;', {alter_word}, i.identity, {migration}) END ||
                 coalesce((SELECT pg_catalog.string_agg(pg_catalog.format(' GRANT %s ON %s %s TO %I;', w.rights, w.word,
                                                                          w.name, {app}), '' ORDER BY w.name)
                           FROM wanted AS w WHERE (w.classid, w.objid) = (d.classid, d.objid)), '')
FROM pg_catalog.pg_shdepend AS d JOIN here AS h ON d.dbid IN (0, h.oid)
JOIN reach AS r ON r.oid = d.refobjid
CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classid, d.objid, 0) AS i
WHERE d.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass AND d.deptype = 'o'
  AND i.type IS NOT NULL
  AND d.classid NOT IN ('pg_catalog.pg_default_acl'::pg_catalog.regclass,
                        'pg_catalog.pg_largeobject'::pg_catalog.regclass)
  AND coalesce(i.schema, '') NOT LIKE 'pg\_t%'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS x WHERE x.classid = d.classid AND x.objid = d.objid
                    AND x.objsubid = 0 AND (x.deptype IN ('e', 'i') OR x.deptype = 'a' AND i.type = 'sequence'))
UNION ALL SELECT e.topic, pg_catalog.format('%s on %s, given to %s', e.rights, e.name, e.grantee_name), e.mend FROM excess AS e
UNION ALL SELECT 'app-grant-options', pg_catalog.format('%s on %s', pg_catalog.string_agg(g.right_text, ', ' ORDER BY g.right_text), g.name),
                 pg_catalog.format('REVOKE GRANT OPTION FOR %s ON %s %s FROM %s CASCADE;',
                                   pg_catalog.string_agg(g.right_text, ', ' ORDER BY g.right_text), g.word, g.name, g.grantee_name)
FROM grants AS g WHERE g.is_grantable AND g.is_apps
GROUP BY g.word, g.oid, g.name, g.grantee_name
UNION ALL SELECT 'app-settings', c.text,
                 CASE WHEN s.setrole = 0 THEN pg_catalog.format('ALTER DATABASE %I RESET %I;', h.datname, c.name)
                      ELSE pg_catalog.format('ALTER ROLE %I%s RESET %I;', a.rolname, CASE WHEN s.setdatabase = 0 THEN '' ELSE
                                             pg_catalog.format(' IN DATABASE %I', h.datname) END, c.name) END
FROM pg_catalog.pg_db_role_setting AS s JOIN app AS a ON s.setrole IN (0, a.oid)
JOIN here AS h ON s.setdatabase IN (0, h.oid)
CROSS JOIN LATERAL (SELECT u.text, pg_catalog.split_part(u.text, '=', 1) AS name
                    FROM pg_catalog.unnest(s.setconfig) AS u (text)) AS c
WHERE c.name IN ('role', 'session_authorization') OR c.name = 'search_path' AND s.setrole = a.oid
UNION ALL SELECT 'app-usage', pg_catalog.format('schema %I', s.nspname),
                 pg_catalog.format('GRANT USAGE ON SCHEMA %I TO %I;', s.nspname, a.rolname)
FROM spaces AS s, app AS a WHERE (s.is_domain OR s.is_read) AND NOT pg_catalog.has_schema_privilege(a.oid, s.oid, 'USAGE')
UNION ALL SELECT CASE WHEN w.is_book THEN 'app-books' ELSE 'app-data' END,
                 pg_catalog.format('no %s on %s', w.missing, w.name),
                 pg_catalog.format('GRANT %s ON TABLE %s TO %I;', w.missing, w.name, w.rolname)
FROM (SELECT r.name, r.is_book, a.rolname, pg_catalog.string_agg(p.privilege, ', ' ORDER BY p.number) AS missing
      FROM ours AS r CROSS JOIN app AS a
      CROSS JOIN (VALUES (1, 'SELECT'), (2, 'INSERT'), (3, 'UPDATE'), (4, 'DELETE')) AS p (number, privilege)
      WHERE r.relkind <> 'S' AND (r.is_domain OR r.is_book)
        AND (p.number = 1 OR r.relkind IN ('r', 'p') AND NOT r.is_book)
        AND NOT pg_catalog.has_table_privilege(a.oid, r.oid, p.privilege)
      GROUP BY r.name, r.is_book, a.rolname) AS w
UNION ALL SELECT 'app-sequences', r.name, pg_catalog.format('GRANT USAGE, SELECT ON SEQUENCE %s TO %I;', r.name, a.rolname)
FROM ours AS r CROSS JOIN app AS a
WHERE r.relkind = 'S' AND r.is_domain AND NOT pg_catalog.has_sequence_privilege(a.oid, r.oid, 'USAGE')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d
                  WHERE d.classid = r.tableoid AND d.objid = r.oid AND d.deptype = 'i')
UNION ALL SELECT 'app-routines', p.name, pg_catalog.format('GRANT EXECUTE ON ROUTINE %s TO %I;', p.name, a.rolname)
FROM routines AS p CROSS JOIN app AS a
WHERE p.is_domain AND NOT p.prosecdef AND NOT p.is_trigger AND NOT p.is_extensions
  AND NOT pg_catalog.has_function_privilege(a.oid, p.oid, 'EXECUTE'))";

constexpr std::string_view defaults_findings = R"(
UNION ALL SELECT 'app-defaults', pg_catalog.format('no %s on %s to come in schema %s', w.missing, pg_catalog.lower(w.word), w.nspname),
                 pg_catalog.format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT %s ON %s TO %I;',
                                   w.migration, w.nspname, w.missing, w.word, w.app)
FROM (SELECT s.nspname, p.word, m.rolname AS migration, a.rolname AS app,
             pg_catalog.string_agg(p.privilege, ', ' ORDER BY p.number) AS missing
      FROM spaces AS s CROSS JOIN app AS a CROSS JOIN migration AS m
      CROSS JOIN (VALUES (1, 'r', 'TABLES', 'SELECT', true), (2, 'r', 'TABLES', 'INSERT', false),
                         (3, 'r', 'TABLES', 'UPDATE', false), (4, 'r', 'TABLES', 'DELETE', false),
                         (5, 'S', 'SEQUENCES', 'USAGE', false), (6, 'f', 'FUNCTIONS', 'EXECUTE', false))
          AS p (number, objtype, word, privilege, also_read)
      WHERE (s.is_domain OR s.is_read AND p.also_read)
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_default_acl AS d
                        CROSS JOIN LATERAL pg_catalog.aclexplode(d.defaclacl) AS x
                        WHERE d.defaclrole = m.oid AND d.defaclnamespace IN (0, s.oid) AND d.defaclobjtype = p.objtype::"char"
                          AND x.grantee IN (SELECT r.oid FROM reach AS r) AND x.privilege_type = p.privilege)
      GROUP BY s.nspname, p.word, m.rolname, a.rolname) AS w
UNION ALL SELECT 'app-defaults', pg_catalog.format('%s on %s to come%s, given to %s', w.rights, pg_catalog.lower(w.word),
                                                coalesce(' in schema ' || w.nspname, ''), w.grantee),
                 pg_catalog.format('ALTER DEFAULT PRIVILEGES FOR ROLE %I%s REVOKE %s ON %s FROM %s;', w.migration,
                                   coalesce(' IN SCHEMA ' || pg_catalog.quote_ident(w.nspname), ''), w.rights, w.word, w.grantee)
FROM (SELECT m.rolname AS migration, n.nspname, k.word,
             CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(x.grantee)) END
                 AS grantee,
             pg_catalog.string_agg(x.privilege_type, ', ' ORDER BY x.privilege_type) AS rights
      FROM pg_catalog.pg_default_acl AS d JOIN migration AS m ON m.oid = d.defaclrole
      JOIN (VALUES ('r', 'TABLES'), ('n', 'SCHEMAS'), ('f', 'FUNCTIONS')) AS k (objtype, word)
          ON k.objtype::"char" = d.defaclobjtype
      LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = d.defaclnamespace
      CROSS JOIN LATERAL pg_catalog.aclexplode(d.defaclacl) AS x
      WHERE (x.grantee = 0 OR x.grantee IN (SELECT r.oid FROM reach AS r)) AND x.grantee <> m.oid
        AND (k.objtype = 'r' AND (x.privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')
                                  OR x.privilege_type IN ('INSERT', 'UPDATE', 'DELETE')
                                     AND (n.oid IS NULL OR n.nspname = ANY ({read_schemas})))
             OR k.objtype = 'n' AND x.privilege_type = 'CREATE'
             OR k.objtype = 'f' AND x.grantee = 0)
      GROUP BY m.rolname, n.nspname, k.word, x.grantee) AS w
UNION ALL SELECT 'app-defaults', 'EXECUTE on functions to come, which PUBLIC has by itself',
                 pg_catalog.format('ALTER DEFAULT PRIVILEGES FOR ROLE %I REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;', m.rolname)
FROM migration AS m, app AS a WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_default_acl AS d
    WHERE d.defaclrole = m.oid AND d.defaclnamespace = 0 AND d.defaclobjtype = 'f'))";

constexpr std::string_view migration_findings = R"(
UNION ALL SELECT 'migration-exists', {migration}, pg_catalog.format('CREATE ROLE %I LOGIN;', {migration})
WHERE NOT EXISTS (SELECT FROM migration)
UNION ALL SELECT 'migration-exists', 'it may not log in', pg_catalog.format('ALTER ROLE %I LOGIN;', m.rolname)
FROM migration AS m WHERE NOT m.rolcanlogin
UNION ALL SELECT 'migration-exists', 'it is a superuser', pg_catalog.format('ALTER ROLE %I NOSUPERUSER;', m.rolname)
FROM migration AS m WHERE m.rolsuper
UNION ALL SELECT 'migration-database', pg_catalog.format('no %s on database %I', p.privilege, h.datname),
                 pg_catalog.format('GRANT %s ON DATABASE %I TO %I;', p.privilege, h.datname, m.rolname)
FROM migration AS m, here AS h, (VALUES ('CONNECT'), ('CREATE'), ('TEMPORARY')) AS p (privilege)
WHERE NOT pg_catalog.has_database_privilege(m.oid, h.oid, p.privilege)
UNION ALL SELECT 'migration-schemas', pg_catalog.format('schema %I belongs to %s', s.nspname, pg_catalog.pg_get_userbyid(s.nspowner)),
                 pg_catalog.format('ALTER SCHEMA %I OWNER TO %I;', s.nspname, m.rolname)
FROM spaces AS s, migration AS m
WHERE (s.is_domain OR s.is_read) AND s.nspname <> 'public' AND s.nspowner <> m.oid
UNION ALL SELECT 'migration-schemas', pg_catalog.format('no %s on schema public', p.privilege),
                 pg_catalog.format('GRANT %s ON SCHEMA public TO %I;', p.privilege, m.rolname)
FROM spaces AS s, migration AS m, (VALUES ('USAGE'), ('CREATE')) AS p (privilege)
WHERE (s.is_domain OR s.is_read) AND s.nspname = 'public' AND NOT pg_catalog.has_schema_privilege(m.oid, s.oid, p.privilege)
UNION ALL SELECT 'migration-objects', pg_catalog.format('%s %s belongs to %s', i.type, i.identity, pg_catalog.pg_get_userbyid(o.owner)),
                 pg_catalog.format('ALTER %s %s OWNER TO %I;', {alter_word}, i.identity, m.rolname)
FROM ({owned_objects}) AS o JOIN spaces AS s ON s.oid = o.namespace JOIN migration AS m ON m.oid <> o.owner
CROSS JOIN LATERAL pg_catalog.pg_identify_object(o.classid, o.objid, 0) AS i WHERE s.is_domain OR s.is_read
UNION ALL SELECT 'migration-references', pg_catalog.format('no REFERENCES on %s', w.name),
                 pg_catalog.format('GRANT REFERENCES ON TABLE %s TO %I;', w.name, m.rolname)
FROM migration AS m, (SELECT DISTINCT r.oid, r.name FROM pg_catalog.pg_constraint AS k
                      JOIN spaces AS s ON s.oid = k.connamespace AND s.is_domain JOIN relations AS r ON r.oid = k.confrelid
                      WHERE k.contype = 'f') AS w
WHERE NOT pg_catalog.has_any_column_privilege(m.oid, w.oid, 'REFERENCES')
UNION ALL SELECT 'migration-references', pg_catalog.format('no USAGE on schema %I', w.nspname),
                 pg_catalog.format('GRANT USAGE ON SCHEMA %I TO %I;', w.nspname, m.rolname)
FROM migration AS m, (SELECT DISTINCT r.nspname FROM pg_catalog.pg_constraint AS k
                      JOIN spaces AS s ON s.oid = k.connamespace AND s.is_domain JOIN relations AS r ON r.oid = k.confrelid
                      WHERE k.contype = 'f') AS w
WHERE NOT pg_catalog.has_schema_privilege(m.oid, pg_catalog.to_regnamespace(pg_catalog.quote_ident(w.nspname)), 'USAGE')
UNION ALL SELECT 'migration-settings', c.text,
                 CASE WHEN s.setrole = 0 THEN pg_catalog.format('ALTER DATABASE %I RESET %I;', h.datname, c.name)
                      ELSE pg_catalog.format('ALTER ROLE %I%s RESET %I;', m.rolname, CASE WHEN s.setdatabase = 0 THEN '' ELSE
                                             pg_catalog.format(' IN DATABASE %I', h.datname) END, c.name) END
FROM pg_catalog.pg_db_role_setting AS s JOIN migration AS m ON s.setrole IN (0, m.oid)
JOIN here AS h ON s.setdatabase IN (0, h.oid)
CROSS JOIN LATERAL (SELECT u.text, pg_catalog.split_part(u.text, '=', 1) AS name
                    FROM pg_catalog.unnest(s.setconfig) AS u (text)) AS c
WHERE c.name IN ('role', 'session_authorization')
UNION ALL SELECT 'mark-is-readable', pg_catalog.format('no USAGE on schema %I', s.nspname),
                 pg_catalog.format('GRANT USAGE ON SCHEMA %I TO PUBLIC;', s.nspname)
FROM spaces AS s WHERE s.nspname = {ledger} AND NOT EXISTS (
    SELECT FROM pg_catalog.aclexplode(s.nspacl) AS x WHERE x.grantee = 0 AND x.privilege_type = 'USAGE')
UNION ALL SELECT 'mark-is-readable', pg_catalog.format('no SELECT on %s', r.name),
                 pg_catalog.format('GRANT SELECT ON TABLE %s TO PUBLIC;', r.name)
FROM relations AS r WHERE r.is_mark AND NOT EXISTS (
    SELECT FROM pg_catalog.aclexplode(r.relacl) AS x WHERE x.grantee = 0 AND x.privilege_type = 'SELECT')
ORDER BY 1, 2, 3)";

}  // namespace

std::string proof_query(const Roles& roles) {
    const auto all = std::string(foundation) + std::string(app_findings) + std::string(defaults_findings) +
                     std::string(migration_findings);
    const auto ledger = pg::literal(roles.ledger_schema);
    std::vector<std::string> version_schemas;
    std::vector<std::string> version_tables;
    for (const auto& domain : roles.domains) {
        version_schemas.push_back(domain.version_schema);
        version_tables.push_back(domain.version_table);
    }
    return fmt::format(fmt::runtime(all), fmt::arg("app", pg::literal(roles.app)),
                       fmt::arg("migration", pg::literal(roles.migration)), fmt::arg("ledger", ledger),
                       fmt::arg("domain_schemas", text_array(roles.domain_schemas())),
                       fmt::arg("read_schemas", text_array(roles.read_schemas())),
                       fmt::arg("version_schemas", text_array(version_schemas)),
                       fmt::arg("version_tables", text_array(version_tables)),
                       fmt::arg("verdicts", fmt::format(fmt::runtime(verdicts), fmt::arg("ledger", ledger))),
                       fmt::arg("alter_word", alter_word("i.type")), fmt::arg("owned_objects", owned_objects_query()),
                       fmt::arg("since_16", "pg_catalog.current_setting('server_version_num')::int >= 160000"));
}

}  // namespace haetae::roles
