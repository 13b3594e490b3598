// SPDX-License-Identifier: Apache-2.0
// The migrations of the own schema, as SQL with the schema's name left open. A published one is never edited: a change
// is a new entry.
#include "ledger/own_schema.hpp"

#include <fmt/format.h>

#include <array>

#include "pg/identifier.hpp"

namespace haetae::ledger {

namespace {

// The chain: each row's hash covers the hash before it. UNIQUE on `previous` makes a fork impossible even for a writer
// who ignores the migrator lock. The triggers run with an empty search_path, so a revision's own cannot reach them, and
// always: session_replication_role = replica, which many a data migration sets, would otherwise switch them off.
constexpr std::string_view first_version = R"(
CREATE TABLE {schema}.own_version (
    version integer NOT NULL PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp()
);
CREATE TABLE {schema}.ledger (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    kind text NOT NULL,
    run bigint,
    domain text,
    revision text,
    direction text CHECK (direction IN ('up', 'down')),
    outcome text CHECK (outcome IN ('done', 'failed')),
    up_checksum text,
    down_checksum text,
    duration_ms bigint,
    statement integer,
    sqlstate text,
    error text,
    role text NOT NULL DEFAULT CURRENT_USER,
    session_role text NOT NULL DEFAULT SESSION_USER,
    reason text,
    details jsonb,
    previous text NOT NULL UNIQUE,
    hash text NOT NULL
);
CREATE INDEX ledger_by_revision ON {schema}.ledger (domain, revision, id);
CREATE FUNCTION {schema}.ledger_chain() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $function$
BEGIN
    NEW.at := pg_catalog.clock_timestamp();
    SELECT l.hash INTO NEW.previous FROM {schema}.ledger AS l ORDER BY l.id DESC LIMIT 1;
    NEW.previous := coalesce(NEW.previous, '');
    NEW.hash := pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to({hash_of_new}, 'UTF8')), 'hex');
    RETURN NEW;
END
$function$;
CREATE FUNCTION {schema}.ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $function$
BEGIN
    RAISE EXCEPTION 'the ledger of haetae is append-only' USING ERRCODE = 'HT003';
END
$function$;
CREATE TRIGGER ledger_chain BEFORE INSERT ON {schema}.ledger FOR EACH ROW EXECUTE FUNCTION {schema}.ledger_chain();
CREATE TRIGGER ledger_is_append_only BEFORE UPDATE OR DELETE ON {schema}.ledger
    FOR EACH ROW EXECUTE FUNCTION {schema}.ledger_is_append_only();
CREATE TRIGGER ledger_is_never_emptied BEFORE TRUNCATE ON {schema}.ledger
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.ledger_is_append_only();
ALTER TABLE {schema}.ledger ENABLE ALWAYS TRIGGER ledger_chain;
ALTER TABLE {schema}.ledger ENABLE ALWAYS TRIGGER ledger_is_append_only;
ALTER TABLE {schema}.ledger ENABLE ALWAYS TRIGGER ledger_is_never_emptied;
CREATE TABLE {schema}.progress (
    domain text NOT NULL,
    revision text NOT NULL,
    direction text NOT NULL CHECK (direction IN ('up', 'down')),
    statement integer NOT NULL,
    statement_hash text NOT NULL,
    state text NOT NULL CHECK (state IN ('intended', 'done')),
    run bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT pg_catalog.transaction_timestamp(),
    PRIMARY KEY (domain, revision, direction, statement)
);
)";

// The mark: what the database says of itself. One row at most; whoever connects may read it.
constexpr std::string_view mark_table = R"(
CREATE TABLE IF NOT EXISTS {schema}.environment (
    only_row boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (only_row),
    name text NOT NULL CHECK (name <> ''),
    is_protected boolean NOT NULL,
    system_identifier text,
    database_oid text NOT NULL,
    database_name text NOT NULL,
    at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    role text NOT NULL DEFAULT CURRENT_USER
);
GRANT USAGE ON SCHEMA {schema} TO PUBLIC;
GRANT SELECT ON {schema}.environment TO PUBLIC;
)";

// The index finds the rows that `status` and the reading of the mark ask for.
constexpr std::string_view mark_version = R"({mark_table}
CREATE INDEX ledger_of_marks ON {schema}.ledger (id) WHERE kind IN ('protected', 'unprotected', 'broke-glass');
)";

constexpr std::array migrations{first_version, mark_version};

std::string replaced(std::string text, std::string_view mark, std::string_view by) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + by.size())) {
        text.replace(at, mark.size(), by);
    }
    return text;
}

}  // namespace

int own_schema_newest() {
    return static_cast<int>(migrations.size());
}

std::string ledger_hash_expression(std::string_view row) {
    constexpr std::array columns{"kind",          "domain",   "revision",    "direction", "outcome",      "up_checksum",
                                 "down_checksum", "sqlstate", "error",       "role",      "session_role", "reason",
                                 "previous",      "run",      "duration_ms", "statement", "details"};
    std::string all =
        fmt::format("pg_catalog.to_char({0}.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), {0}.id", row);
    for (const auto* column : columns) all += fmt::format(", {}.{}", row, column);
    return fmt::format("pg_catalog.json_build_array({})::text", all);
}

std::string mark_table_sql(const std::string& schema) {
    return replaced(std::string(mark_table), "{schema}", pg::quote(schema));
}

base::Result<int> own_schema_version(connect::Connection& connection, const std::string& schema) {
    const auto table = pg::quote(schema, "own_version");
    const auto present =
        TRY(connection.simple(fmt::format("SELECT pg_catalog.to_regclass({}) IS NOT NULL", pg::literal(table))));
    if (!present.is_true(0, 0)) return 0;
    const auto rows = TRY(connection.simple(fmt::format("SELECT coalesce(max(version), 0) FROM {}", table)));
    return std::stoi(rows.text(0, 0));
}

base::Status check_own_schema(connect::Connection& connection, const std::string& schema) {
    // From the catalog, which every role may read. Who drops a table by hand leaves the version number behind.
    const auto gone =
        TRY(connection.simple(fmt::format("SELECT t.name FROM (VALUES ('ledger'), ('progress')) AS t (name), "
                                          "pg_catalog.pg_namespace AS n WHERE n.nspname = {} "
                                          "AND EXISTS (SELECT FROM pg_catalog.pg_class AS c WHERE c.relnamespace = "
                                          "n.oid AND c.relname = 'own_version') AND "
                                          "NOT EXISTS (SELECT FROM pg_catalog.pg_class AS c WHERE c.relnamespace = "
                                          "n.oid AND c.relname = t.name) ORDER BY 1",
                                          pg::literal(schema))));
    if (gone.empty()) return base::Done{};
    return base::Error{.code = "HT0609",
                       .sentence = fmt::format("the table {}.{} is gone: somebody dropped it", schema, gone.text(0, 0)),
                       .hint = fmt::format("bring it back from a backup; or, to begin a new ledger, drop what is left "
                                           "with DROP SCHEMA {} CASCADE, and run again",
                                           pg::quote(schema)),
                       .database_state = "nothing was changed"};
}

base::Result<std::string> own_schema_script(connect::Connection& connection, const std::string& schema) {
    const int present = TRY(own_schema_version(connection, schema));
    const int newest = own_schema_newest();
    if (present > newest) {
        return base::Error{
            .code = "HT0604",
            .sentence =
                fmt::format("the schema {} of this database was written by a newer haetae (version {}, known here: {})",
                            schema, present, newest),
            .hint = "use that newer haetae; nothing was changed"};
    }
    std::string script;
    if (present == newest) {
        TRY(check_own_schema(connection, schema));
        return script;
    }
    // IF NOT EXISTS would ask for the right to create schemas also where the schema is there already.
    const auto missing = TRY(connection.simple(
        fmt::format("SELECT pg_catalog.to_regnamespace({}) IS NULL", pg::literal(pg::quote(schema)))));
    if (missing.is_true(0, 0)) script += fmt::format("CREATE SCHEMA {};\n", pg::quote(schema));
    for (int version = present + 1; version <= newest; ++version) {
        auto text = std::string(migrations[static_cast<std::size_t>(version - 1)]);
        text = replaced(std::move(text), "{hash_of_new}", ledger_hash_expression("NEW"));
        text = replaced(std::move(text), "{mark_table}", mark_table);
        script += replaced(std::move(text), "{schema}", pg::quote(schema));
        script += fmt::format("INSERT INTO {} (version) VALUES ({});\n", pg::quote(schema, "own_version"), version);
    }
    return script;
}

base::Status ensure_own_schema(connect::Connection& connection, const std::string& schema) {
    const auto script = TRY(own_schema_script(connection, schema));
    if (script.empty()) return base::Done{};
    auto done = connection.simple("BEGIN;\n" + script + "COMMIT;");
    if (!done) {
        const auto rolled_back = connection.run_script("ROLLBACK");
        static_cast<void>(rolled_back);
        return std::move(done).error().in(fmt::format("while preparing the schema {}", schema));
    }
    return base::Done{};
}

}  // namespace haetae::ledger
