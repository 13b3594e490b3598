// SPDX-License-Identifier: Apache-2.0
// What an event trigger is told (PostgreSQL manual, "Event Triggers"): at ddl_command_start only the tag and the text
// of the client's message, at ddl_command_end and sql_drop the objects. A statement with CONCURRENTLY commits by
// itself, so a refusal at its end would come too late; everything else is judged at the end, by schema.
#include "protect/guard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "ledger/migrator_lock.hpp"
#include "pg/identifier.hpp"

namespace haetae::protect {

namespace {

// {guarded}: a list of literals. {session}: the condition that this session runs a migration.
constexpr std::string_view body = R"(
DECLARE
    guarded constant text[] := ARRAY[{guarded}];
    attached constant text[] := ARRAY['schema', 'trigger', 'policy', 'rule', 'default value'];
    query constant text := coalesce(pg_catalog.current_query(), '');
    refused text;
BEGIN
    IF {session} THEN
        RETURN;
    END IF;
    IF pg_catalog.current_setting('haetae.ticket', true) = pg_catalog.current_database() THEN
        IF TG_EVENT = 'ddl_command_end' THEN
            RAISE LOG 'guard of haetae: % by %, who has set haetae.ticket', TG_TAG, SESSION_USER;
        END IF;
        RETURN;
    END IF;
    -- An extension's own objects are its own business, and the contents of a materialized view are no schema.
    IF TG_TAG = 'REFRESH MATERIALIZED VIEW' OR query ~* '^\s*(create|alter)\s+extension\s[^;]*;?\s*$' THEN
        RETURN;
    END IF;
    CASE TG_EVENT
    WHEN 'ddl_command_start' THEN
        IF TG_TAG IN ('CREATE INDEX', 'DROP INDEX', 'ALTER TABLE', 'REINDEX')
           AND pg_catalog.regexp_replace(query, '\mmaterialized\s+view\s+concurrently\M', '', 'gi') ~* '\mconcurrently\M' THEN
            refused := 'a text that says CONCURRENTLY, whatever the schema, for it cannot be taken back';
        ELSIF TG_TAG LIKE 'ALTER %' AND query ~* '\mschema\M' THEN
            -- What SET SCHEMA or RENAME takes away is not found under its schema when the command has ended.
            PERFORM pg_catalog.set_config('haetae.guarded', coalesce((
                SELECT pg_catalog.string_agg(o.classid || '.' || o.objid, ',')
                FROM pg_catalog.pg_namespace AS n CROSS JOIN LATERAL (
                    SELECT n.tableoid AS classid, n.oid AS objid
                    UNION ALL
                    SELECT d.classid, d.objid FROM pg_catalog.pg_depend AS d
                    WHERE d.refclassid = n.tableoid AND d.refobjid = n.oid) AS o
                WHERE n.nspname = ANY (guarded)), ''), true);
        END IF;
    WHEN 'ddl_command_end' THEN
        SELECT c.object_type || ' ' || c.object_identity INTO refused
        FROM pg_catalog.pg_event_trigger_ddl_commands() AS c
        LEFT JOIN LATERAL pg_catalog.pg_identify_object_as_address(c.classid, c.objid, c.objsubid) AS a
            ON c.object_type = ANY (attached)
        WHERE NOT c.in_extension AND (
            coalesce(c.schema_name, a.object_names[1]) = ANY (guarded)
            OR c.classid || '.' || c.objid = ANY (
                pg_catalog.string_to_array(pg_catalog.current_setting('haetae.guarded', true), ',')))
        LIMIT 1;
    WHEN 'sql_drop' THEN
        SELECT d.object_type || ' ' || d.object_identity INTO refused
        FROM pg_catalog.pg_event_trigger_dropped_objects() AS d
        WHERE coalesce(d.schema_name, CASE WHEN d.object_type = ANY (attached) THEN d.address_names[1] END)
            = ANY (guarded)
        ORDER BY d.original DESC LIMIT 1;
    WHEN 'table_rewrite' THEN
        SELECT 'table ' || c.oid::pg_catalog.regclass INTO refused
        FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.oid = pg_catalog.pg_event_trigger_table_rewrite_oid() AND n.nspname = ANY (guarded);
    END CASE;
    IF refused IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'HT005',
            MESSAGE = pg_catalog.format('%s by hand is refused by the guard of haetae: %s', TG_TAG, refused),
            HINT = pg_catalog.format('Write a revision and run haetae upgrade. Whoever means it says: '
                'SET haetae.ticket = %L', pg_catalog.current_database());
    END IF;
END
)";

struct Trigger {
    std::string_view suffix;
    std::string_view event;
};
constexpr std::array triggers{Trigger{"_start", "ddl_command_start"}, Trigger{"_end", "ddl_command_end"},
                              Trigger{"_drop", "sql_drop"}, Trigger{"_rewrite", "table_rewrite"}};

/// The schema of the function, and the beginning of the triggers' names, which are global in a database.
std::string name_of(const settings::Settings& settings) {
    constexpr std::size_t bytes_max = 48;  // PostgreSQL cuts names at 63
    auto end = std::min(settings.ledger_schema.size(), bytes_max);
    const auto is_inside_a_letter = [&] {
        return end < settings.ledger_schema.size() &&
               (static_cast<unsigned char>(settings.ledger_schema[end]) & 0xC0U) == 0x80U;
    };
    while (is_inside_a_letter()) --end;
    return settings.ledger_schema.substr(0, end) + "_guard";
}

std::string replaced(std::string text, std::string_view mark, const std::string& by) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + by.size())) {
        text.replace(at, mark.size(), by);
    }
    return text;
}

std::string body_of(const settings::Settings& settings) {
    std::string list;
    for (const auto& schema : guarded_schemas(settings)) list += (list.empty() ? "" : ", ") + pg::literal(schema);
    return replaced(replaced(std::string(body), "{guarded}", list), "{session}", ledger::runs_migration_sql());
}

std::string drop_triggers(const std::string& name) {
    std::string sql;
    for (const auto& trigger : triggers) {
        sql += fmt::format("DROP EVENT TRIGGER IF EXISTS {};\n", pg::quote(name + std::string(trigger.suffix)));
    }
    return sql;
}

/// What is wrong with one trigger of the guard.
std::string problem_of(const std::string& trigger, const std::string& enabled, bool is_current) {
    if (enabled == "D") return fmt::format("the event trigger {} is disabled", trigger);
    if (enabled != "A") return fmt::format("the event trigger {} does not fire in every session", trigger);
    if (!is_current) {
        return fmt::format(
            "the function of the event trigger {} is not what this project needs: its domains have "
            "changed since, or it was made by another version of haetae",
            trigger);
    }
    return {};
}

}  // namespace

std::vector<std::string> guarded_schemas(const settings::Settings& settings) {
    std::vector<std::string> schemas{settings.ledger_schema};
    for (const auto& domain : settings.domains) {
        schemas.push_back(domain.schema);
        schemas.push_back(domain.version_schema);
    }
    std::sort(schemas.begin(), schemas.end());
    schemas.erase(std::unique(schemas.begin(), schemas.end()), schemas.end());
    return schemas;
}

std::string guard_sql(const settings::Settings& settings) {
    const auto name = name_of(settings);
    const auto function = pg::quote(name, "judge");
    std::string sql = drop_triggers(name);
    sql += fmt::format("CREATE SCHEMA IF NOT EXISTS {};\n", pg::quote(name));
    sql += fmt::format(
        "CREATE OR REPLACE FUNCTION {}() RETURNS event_trigger LANGUAGE plpgsql SET search_path = '' AS "
        "$guard_of_haetae${}$guard_of_haetae$;\n",
        function, body_of(settings));
    for (const auto& trigger : triggers) {
        const auto quoted = pg::quote(name + std::string(trigger.suffix));
        sql += fmt::format("CREATE EVENT TRIGGER {} ON {} EXECUTE FUNCTION {}();\n", quoted, trigger.event, function);
        // Also where session_replication_role is replica, as loading scripts set it.
        sql += fmt::format("ALTER EVENT TRIGGER {} ENABLE ALWAYS;\n", quoted);
    }
    return sql;
}

std::string remove_guard_sql(const settings::Settings& settings) {
    const auto name = name_of(settings);
    return drop_triggers(name) + fmt::format("DROP FUNCTION IF EXISTS {}();\nDROP SCHEMA IF EXISTS {};\n",
                                             pg::quote(name, "judge"), pg::quote(name));
}

base::Result<GuardState> read_guard(connect::Connection& connection, const settings::Settings& settings) {
    const auto name = name_of(settings);
    const auto found = TRY(connection.simple(
        fmt::format("SELECT t.evtname, t.evtenabled, p.prosrc = {} FROM pg_catalog.pg_event_trigger AS t "
                    "JOIN pg_catalog.pg_proc AS p ON p.oid = t.evtfoid ORDER BY 1",
                    pg::literal(body_of(settings)))));
    std::map<std::string, std::string> problems;
    for (std::size_t i = 0; i < found.size(); ++i) {
        problems[found.text(i, 0)] = problem_of(found.text(i, 0), found.text(i, 1), found.is_true(i, 2));
    }
    GuardState state;
    for (const auto& trigger : triggers) {
        const auto full_name = name + std::string(trigger.suffix);
        const auto problem = problems.find(full_name);
        if (problem == problems.end()) {
            state.problems.push_back(fmt::format("the event trigger {} is missing", full_name));
        } else {
            state.is_installed = true;
            if (!problem->second.empty()) state.problems.push_back(problem->second);
        }
    }
    if (!state.is_installed) {
        state.problems = {"there is no guard in this database"};
        return state;
    }
    if (TRY(connection.simple("SELECT pg_catalog.current_setting('event_triggers', true) = 'off'")).is_true(0, 0)) {
        state.problems.emplace_back("event_triggers is off, so that no event trigger fires");
    }
    const auto tickets = TRY(connection.simple(
        "SELECT CASE s.setrole WHEN 0 THEN 'every role' ELSE 'role ' || s.setrole::pg_catalog.regrole END FROM "
        "pg_catalog.pg_db_role_setting AS "
        "s "
        "LEFT JOIN pg_catalog.pg_database AS d ON d.oid = s.setdatabase "
        "WHERE (s.setdatabase = 0 OR d.datname = pg_catalog.current_database()) "
        "AND EXISTS (SELECT FROM pg_catalog.unnest(s.setconfig) AS c (text) WHERE c.text LIKE 'haetae.ticket=%') "
        "ORDER BY 1"));
    for (std::size_t i = 0; i < tickets.size(); ++i) {
        state.problems.push_back(
            fmt::format("haetae.ticket is set for {} for good, which makes the guard blind there", tickets.text(i, 0)));
    }
    return state;
}

}  // namespace haetae::protect
