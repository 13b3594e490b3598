// SPDX-License-Identifier: Apache-2.0
// Who does what: the administrator makes the roles and hands things over, the migration role gives rights on what is
// its own. Acting as it (SET LOCAL ROLE) needs one membership; ALTER DEFAULT PRIVILEGES FOR ROLE and GRANT on another's
// tables would need the inheriting kind, which from PostgreSQL 16 on the maker of a role no longer has by itself.
#include "roles/role_sql.hpp"

#include <fmt/format.h>

#include "pg/identifier.hpp"

namespace haetae::roles {

namespace {

constexpr std::string_view roles_block = R"(
DECLARE
    migration constant text := {migration};
    app constant text := {app};
    here constant text := pg_catalog.current_database();
    item record;
    attributes text;
BEGIN
    -- Event triggers of haetae let this session pass.
    PERFORM pg_catalog.set_config('haetae.ticket', here, true);
    FOR item IN SELECT r.rolname FROM pg_catalog.pg_roles AS r
                WHERE r.rolname IN (migration, app) AND r.rolsuper OR r.rolname = app AND r.rolname = CURRENT_USER LOOP
        RAISE EXCEPTION USING ERRCODE = 'HT006', MESSAGE = pg_catalog.format(
            'role %s is a superuser, or the administrator who runs this', item.rolname);
    END LOOP;
    FOR item IN SELECT w.name, w.verifier, w.only_for_new, r.oid, r.rolcanlogin
                FROM (VALUES (migration, {migration_verifier}::text, {migration_only_for_new}),
                             (app, {app_verifier}::text, {app_only_for_new})) AS w (name, verifier, only_for_new)
                LEFT JOIN pg_catalog.pg_roles AS r ON r.rolname = w.name LOOP
        IF item.oid IS NULL THEN
            EXECUTE pg_catalog.format('CREATE ROLE %I LOGIN', item.name);
        ELSIF NOT item.rolcanlogin THEN
            EXECUTE pg_catalog.format('ALTER ROLE %I LOGIN', item.name);
        END IF;
        IF item.verifier IS NOT NULL AND (item.oid IS NULL OR NOT item.only_for_new) THEN
            EXECUTE pg_catalog.format('ALTER ROLE %I PASSWORD %L', item.name, item.verifier);
        END IF;
    END LOOP;
    SELECT pg_catalog.concat_ws(' ', CASE WHEN r.rolcreaterole THEN 'NOCREATEROLE' END,
                                CASE WHEN r.rolcreatedb THEN 'NOCREATEDB' END,
                                CASE WHEN r.rolreplication THEN 'NOREPLICATION' END,
                                CASE WHEN r.rolbypassrls THEN 'NOBYPASSRLS' END)
    INTO attributes FROM pg_catalog.pg_roles AS r WHERE r.rolname = app;
    IF attributes <> '' THEN
        EXECUTE pg_catalog.format('ALTER ROLE %I %s', app, attributes);
    END IF;
    IF EXISTS (SELECT FROM pg_catalog.pg_auth_members AS m
               WHERE m.roleid = (SELECT r.oid FROM pg_catalog.pg_roles AS r WHERE r.rolname = migration)
                 AND m.member = (SELECT r.oid FROM pg_catalog.pg_roles AS r WHERE r.rolname = app)) THEN
        EXECUTE pg_catalog.format('REVOKE %I FROM %I', migration, app);
    END IF;
    -- The administrator must be able to act as the migration role; a superuser is, and so is the role itself.
    IF NOT (SELECT r.rolsuper FROM pg_catalog.pg_roles AS r WHERE r.rolname = CURRENT_USER)
       AND CURRENT_USER <> migration THEN
        IF pg_catalog.current_setting('server_version_num')::int >= 160000 THEN
            IF NOT pg_catalog.pg_has_role(migration, 'SET') OR NOT pg_catalog.pg_has_role(migration, 'USAGE') THEN
                EXECUTE pg_catalog.format('GRANT %I TO %I WITH INHERIT TRUE, SET TRUE', migration, CURRENT_USER);
            END IF;
        ELSIF NOT pg_catalog.pg_has_role(migration, 'MEMBER') THEN
            EXECUTE pg_catalog.format('GRANT %I TO %I', migration, CURRENT_USER);
        END IF;
    END IF;
    EXECUTE pg_catalog.format('GRANT CONNECT, CREATE, TEMPORARY ON DATABASE %I TO %I', here, migration);
    EXECUTE pg_catalog.format('GRANT CONNECT ON DATABASE %I TO %I', here, app);
    EXECUTE pg_catalog.format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC, %I', here, app);
    IF pg_catalog.to_regnamespace('public') IS NOT NULL THEN
        EXECUTE pg_catalog.format('REVOKE CREATE ON SCHEMA public FROM PUBLIC, %I', app);
    END IF;
END
)";

// `public` keeps its owner, for what others have in it.
constexpr std::string_view adoption_block = R"(
DECLARE
    migration constant text := {migration};
    app constant text := {app};
    schemas constant text[] := {schemas};
    is_superuser constant boolean := (SELECT r.rolsuper FROM pg_catalog.pg_roles AS r WHERE r.rolname = CURRENT_USER);
    since_16 constant boolean := pg_catalog.current_setting('server_version_num')::int >= 160000;
    borrowed text[] := '{{}}';
    item record;
BEGIN
    FOR item IN
        SELECT r.oid, r.rolname FROM pg_catalog.pg_roles AS r
        WHERE r.rolname <> migration AND r.rolname <> CURRENT_USER AND NOT is_superuser AND r.oid IN (
            SELECT n.nspowner FROM pg_catalog.pg_namespace AS n
            WHERE n.nspname = ANY (schemas) AND n.nspname <> 'public'
            UNION ALL
            SELECT o.owner FROM ({owned_objects}) AS o
            JOIN pg_catalog.pg_namespace AS n ON n.oid = o.namespace WHERE n.nspname = ANY (schemas)) LOOP
        CONTINUE WHEN pg_catalog.pg_has_role(item.oid, 'USAGE');
        EXECUTE pg_catalog.format('GRANT %I TO %I%s', item.rolname, CURRENT_USER,
                                  CASE WHEN since_16 THEN ' WITH INHERIT TRUE, SET TRUE' ELSE '' END);
        borrowed := borrowed || item.rolname::text;
    END LOOP;
    FOR item IN SELECT n.nspname, n.nspowner <> r.oid AS is_others
                FROM pg_catalog.pg_namespace AS n, pg_catalog.pg_roles AS r
                WHERE n.nspname = ANY (schemas) AND r.rolname = migration ORDER BY 1 LOOP
        IF item.nspname = 'public' THEN
            EXECUTE pg_catalog.format('GRANT USAGE, CREATE ON SCHEMA public TO %I', migration);
            EXECUTE pg_catalog.format('GRANT USAGE ON SCHEMA public TO %I', app);
        ELSIF item.is_others THEN
            EXECUTE pg_catalog.format('ALTER SCHEMA %I OWNER TO %I', item.nspname, migration);
        END IF;
    END LOOP;
    FOR item IN
        SELECT {alter_word} AS word, i.identity FROM ({owned_objects}) AS o
        JOIN pg_catalog.pg_namespace AS n ON n.oid = o.namespace
        JOIN pg_catalog.pg_roles AS r ON r.rolname = migration AND r.oid <> o.owner
        CROSS JOIN LATERAL pg_catalog.pg_identify_object(o.classid, o.objid, 0) AS i
        WHERE n.nspname = ANY (schemas) ORDER BY 1, 2 LOOP
        EXECUTE pg_catalog.format('ALTER %s %s OWNER TO %I', item.word, item.identity, migration);
    END LOOP;
    -- Foreign keys that lead out of the domains.
    FOR item IN
        SELECT DISTINCT t.oid, t.relname, n.oid AS namespace, n.nspname FROM pg_catalog.pg_constraint AS k
        JOIN pg_catalog.pg_class AS t ON t.oid = k.confrelid
        JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
        JOIN pg_catalog.pg_namespace AS own ON own.oid = k.connamespace AND own.nspname = ANY (schemas)
        JOIN pg_catalog.pg_roles AS r ON r.rolname = migration AND r.oid <> t.relowner
        WHERE k.contype = 'f' LOOP
        IF pg_catalog.has_schema_privilege(item.namespace, 'USAGE WITH GRANT OPTION') THEN
            EXECUTE pg_catalog.format('GRANT USAGE ON SCHEMA %I TO %I', item.nspname, migration);
        END IF;
        IF pg_catalog.has_table_privilege(item.oid, 'REFERENCES WITH GRANT OPTION') THEN
            EXECUTE pg_catalog.format('GRANT REFERENCES ON TABLE %I.%I TO %I', item.nspname, item.relname, migration);
        END IF;
    END LOOP;
    FOR item IN SELECT b.name FROM pg_catalog.unnest(borrowed) AS b (name) LOOP
        EXECUTE pg_catalog.format('REVOKE %I FROM %I', item.name, CURRENT_USER);
    END LOOP;
END
)";

constexpr std::string_view ledger_block = R"(
DECLARE
    app constant text := {app};
    ledger constant text := {ledger};
    names text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles AS r WHERE r.rolname = app) THEN
        RETURN;
    END IF;
    EXECUTE pg_catalog.format('REVOKE ALL ON SCHEMA %I FROM PUBLIC, %I', ledger, app);
    EXECUTE pg_catalog.format('GRANT USAGE ON SCHEMA %I TO PUBLIC, %I', ledger, app);
    EXECUTE pg_catalog.format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I REVOKE ALL ON TABLES FROM PUBLIC, %I', ledger, app);
    EXECUTE pg_catalog.format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT ON TABLES TO %I', ledger, app);
    SELECT pg_catalog.string_agg(pg_catalog.format('%I.%I', n.nspname, c.relname), ', ' ORDER BY c.relname) INTO names
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = ledger AND c.relkind IN ('r', 'p', 'v', 'm');
    IF names IS NOT NULL THEN
        EXECUTE pg_catalog.format('REVOKE ALL ON TABLE %s FROM PUBLIC, %I', names, app);
        EXECUTE pg_catalog.format('GRANT SELECT ON TABLE %s TO %I', names, app);
    END IF;
    -- The mark: everyone may ask a database what it is.
    IF pg_catalog.to_regclass(pg_catalog.format('%I.environment', ledger)) IS NOT NULL THEN
        EXECUTE pg_catalog.format('GRANT SELECT ON TABLE %I.environment TO PUBLIC', ledger);
    END IF;
END
)";

// A per-schema default can only add to the global one, so what PUBLIC has by itself (EXECUTE) is taken away globally.
constexpr std::string_view domain_block = R"(
DECLARE
    app constant text := {app};
    concerned constant text[] := {concerned};
    domain_schemas constant text[] := {domain_schemas};
    version_tables constant text[] := {version_tables};
    item record;
    names text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles AS r WHERE r.rolname = app) THEN
        RETURN;
    END IF;
    ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
    EXECUTE pg_catalog.format('ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM PUBLIC, %I', app);
    FOR item IN SELECT n.oid, n.nspname, n.nspname = ANY (domain_schemas) AS is_domain,
                       pg_catalog.pg_has_role(n.nspowner, 'USAGE') AS is_mine
                FROM pg_catalog.pg_namespace AS n WHERE n.nspname = ANY (concerned) ORDER BY 2 LOOP
        IF item.is_mine THEN
            EXECUTE pg_catalog.format('REVOKE %s ON SCHEMA %I FROM PUBLIC',
                                      CASE item.nspname WHEN 'public' THEN 'CREATE' ELSE 'ALL' END, item.nspname);
            EXECUTE pg_catalog.format('REVOKE ALL ON SCHEMA %I FROM %I', item.nspname, app);
            EXECUTE pg_catalog.format('GRANT USAGE ON SCHEMA %I TO %I', item.nspname, app);
        END IF;
        EXECUTE pg_catalog.format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I REVOKE ALL ON TABLES FROM PUBLIC, %I',
                                  item.nspname, app);
        IF NOT item.is_domain THEN
            EXECUTE pg_catalog.format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT ON TABLES TO %I',
                                      item.nspname, app);
            CONTINUE;
        END IF;
        EXECUTE pg_catalog.format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES '
                                  'TO %I', item.nspname, app);
        EXECUTE pg_catalog.format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT USAGE, SELECT ON SEQUENCES TO %I',
                                  item.nspname, app);
        EXECUTE pg_catalog.format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT EXECUTE ON FUNCTIONS TO %I',
                                  item.nspname, app);
        SELECT pg_catalog.string_agg(pg_catalog.format('%I.%I', item.nspname, c.relname), ', ' ORDER BY c.relname)
        INTO names FROM pg_catalog.pg_class AS c
        WHERE c.relnamespace = item.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
          AND {is_mine_c};
        IF names IS NOT NULL THEN
            EXECUTE pg_catalog.format('REVOKE ALL ON TABLE %s FROM PUBLIC, %I', names, app);
            EXECUTE pg_catalog.format('GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE %s TO %I', names, app);
        END IF;
        SELECT pg_catalog.string_agg(pg_catalog.format('%I.%I', item.nspname, c.relname), ', ' ORDER BY c.relname)
        INTO names FROM pg_catalog.pg_class AS c
        WHERE c.relnamespace = item.oid AND c.relkind = 'S'
          AND {is_mine_c};
        IF names IS NOT NULL THEN
            EXECUTE pg_catalog.format('REVOKE ALL ON SEQUENCE %s FROM PUBLIC, %I', names, app);
            EXECUTE pg_catalog.format('GRANT USAGE, SELECT ON SEQUENCE %s TO %I', names, app);
        END IF;
        SELECT pg_catalog.string_agg(i.identity, ', ' ORDER BY i.identity) INTO names
        FROM pg_catalog.pg_proc AS p
        CROSS JOIN LATERAL pg_catalog.pg_identify_object(p.tableoid, p.oid, 0) AS i
        WHERE p.pronamespace = item.oid AND {is_mine_p};
        IF names IS NOT NULL THEN
            EXECUTE pg_catalog.format('REVOKE ALL ON ROUTINE %s FROM PUBLIC, %I', names, app);
        END IF;
        -- A SECURITY DEFINER function lends its owner's rights: who is to have it says so in a revision.
        SELECT pg_catalog.string_agg(i.identity, ', ' ORDER BY i.identity) INTO names
        FROM pg_catalog.pg_proc AS p
        CROSS JOIN LATERAL pg_catalog.pg_identify_object(p.tableoid, p.oid, 0) AS i
        WHERE p.pronamespace = item.oid AND NOT p.prosecdef AND {is_mine_p};
        IF names IS NOT NULL THEN
            EXECUTE pg_catalog.format('GRANT EXECUTE ON ROUTINE %s TO %I', names, app);
        END IF;
    END LOOP;
    FOR item IN SELECT v.name FROM pg_catalog.unnest(version_tables) AS v (name)
                JOIN pg_catalog.pg_class AS c ON c.oid = pg_catalog.to_regclass(v.name)
                WHERE {is_mine_c} ORDER BY 1 LOOP
        EXECUTE pg_catalog.format('REVOKE ALL ON TABLE %s FROM PUBLIC, %I', item.name, app);
        EXECUTE pg_catalog.format('GRANT SELECT ON TABLE %s TO %I', item.name, app);
    END LOOP;
END
)";

/// Is the object the current role's own, and no extension's?
std::string is_mine(std::string_view alias, std::string_view owner) {
    return fmt::format(
        "pg_catalog.pg_has_role({0}.{1}, 'USAGE') AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d WHERE "
        "d.classid "
        "= {0}.tableoid AND d.objid = {0}.oid AND d.deptype = 'e')",
        alias, owner);
}

/// `DO` with a dollar quote that nothing in `body` ends.
std::string block(const std::string& body) {
    std::string tag = "$haetae$";
    for (int number = 1; body.find(tag) != std::string::npos; ++number) tag = fmt::format("$haetae{}$", number);
    return "DO " + tag + body + tag + ";\n";
}

std::string literal_or_null(const std::string& text) {
    return text.empty() ? "NULL" : pg::literal(text);
}

}  // namespace

std::string foundation_sql(const Roles& roles, const Passwords& passwords, std::chrono::milliseconds lock_timeout) {
    auto schemas = roles.domain_schemas();
    const auto read = roles.read_schemas();
    schemas.insert(schemas.end(), read.begin(), read.end());
    std::string sql = fmt::format("SET LOCAL lock_timeout = '{}ms';\n", lock_timeout.count());
    sql += "-- The roles, and their rights on the database.\n";
    sql += block(fmt::format(fmt::runtime(roles_block), fmt::arg("migration", pg::literal(roles.migration)),
                             fmt::arg("app", pg::literal(roles.app)),
                             fmt::arg("migration_verifier", literal_or_null(passwords.migration.verifier)),
                             fmt::arg("migration_only_for_new", passwords.migration.only_for_new),
                             fmt::arg("app_verifier", literal_or_null(passwords.app.verifier)),
                             fmt::arg("app_only_for_new", passwords.app.only_for_new)));
    sql += "-- The schemas.\n";
    const auto act_as_migration = fmt::format("SET LOCAL ROLE {};\n", pg::quote(roles.migration));
    sql += act_as_migration;
    for (const auto& schema : roles.schemas_to_make()) {
        if (schema != "public") sql += fmt::format("CREATE SCHEMA IF NOT EXISTS {};\n", pg::quote(schema));
    }
    sql += "RESET ROLE;\n-- What is there already becomes the migration role's.\n";
    sql += block(fmt::format(fmt::runtime(adoption_block), fmt::arg("migration", pg::literal(roles.migration)),
                             fmt::arg("app", pg::literal(roles.app)), fmt::arg("schemas", text_array(schemas)),
                             fmt::arg("owned_objects", owned_objects_query()),
                             fmt::arg("alter_word", alter_word("i.type"))));
    return sql + act_as_migration;
}

std::string ledger_rights_sql(const Roles& roles) {
    return "-- What the application may do with the ledger: read.\n" +
           block(fmt::format(fmt::runtime(ledger_block), fmt::arg("app", pg::literal(roles.app)),
                             fmt::arg("ledger", pg::literal(roles.ledger_schema))));
}

std::string domain_rights_sql(const Roles& roles, const std::vector<settings::Domain>& domains) {
    // Domains may share schemas: what a schema is, and which tables in it are version tables, all of them say together.
    std::vector<std::string> concerned;
    for (const auto& domain : domains) {
        concerned.push_back(domain.schema);
        concerned.push_back(domain.version_schema);
    }
    return "-- What the application may do in the domains: read and write rows, also of tables to come.\n" +
           block(fmt::format(fmt::runtime(domain_block), fmt::arg("app", pg::literal(roles.app)),
                             fmt::arg("concerned", text_array(concerned)),
                             fmt::arg("domain_schemas", text_array(roles.domain_schemas())),
                             fmt::arg("version_tables", version_table_array(roles.domains)),
                             fmt::arg("is_mine_c", is_mine("c", "relowner")),
                             fmt::arg("is_mine_p", is_mine("p", "proowner"))));
}

std::string whole_script(const Roles& roles, const Passwords& passwords, std::chrono::milliseconds lock_timeout) {
    return "BEGIN;\n" + foundation_sql(roles, passwords, lock_timeout) + domain_rights_sql(roles, roles.domains) +
           ledger_rights_sql(roles) + "RESET ROLE;\nCOMMIT;\n";
}

}  // namespace haetae::roles
