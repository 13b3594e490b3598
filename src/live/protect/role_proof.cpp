// SPDX-License-Identifier: Apache-2.0
// PostgreSQL checks the rights of a statement when its execution starts, and EXPLAIN starts it without running it.
#include "protect/role_proof.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "pg/identifier.hpp"
#include "roles/proof_query.hpp"

namespace haetae::protect {

namespace {

constexpr std::string_view insufficient_privilege = "42501";
constexpr std::string_view duplicate_table = "42P07";
constexpr std::string_view refused_by_guard = "HT005";
constexpr std::string_view probe_table = "haetae_probe_of_rights";

// What the session may see of its own work: tables, whether they are books, and a column for UPDATE to name.
constexpr std::string_view tables_query = R"(
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname),
       n.nspname = {ledger} OR (n.nspname, c.relname) IN ({version_tables}),
       pg_catalog.quote_ident((SELECT a.attname FROM pg_catalog.pg_attribute AS a
                               WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                               ORDER BY a.attnum LIMIT 1))
FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND (n.nspname = ANY ({domain_schemas}) OR n.nspname = {ledger}
                                   OR (n.nspname, c.relname) IN ({version_tables}))
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d
                  WHERE d.classid = c.tableoid AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY 1)";

struct Table {
    std::string name;
    bool is_book = false;
    std::string column;  ///< "" where there is none
};

struct Trial {
    std::string table;
    std::string right;  ///< "INSERT"
    std::string sql;
};

std::string explained(std::string_view right, const Table& table) {
    if (right == "SELECT") return fmt::format("EXPLAIN SELECT * FROM {}", table.name);
    if (right == "INSERT") return fmt::format("EXPLAIN INSERT INTO {} DEFAULT VALUES", table.name);
    if (right == "UPDATE") return fmt::format("EXPLAIN UPDATE {} SET {} = DEFAULT", table.name, table.column);
    return fmt::format("EXPLAIN DELETE FROM {}", table.name);
}

std::vector<Trial> trials_of(const std::vector<Table>& tables, bool of_books) {
    std::vector<Trial> trials;
    for (const auto& table : tables) {
        if (table.is_book != of_books) continue;
        for (const auto* right : {"SELECT", "INSERT", "UPDATE", "DELETE"}) {
            const std::string_view word = right;
            if ((of_books && word == "SELECT") || (word == "UPDATE" && table.column.empty())) continue;
            trials.push_back({.table = table.name, .right = right, .sql = explained(word, table)});
        }
    }
    return trials;
}

/// A try inside the attempt's transaction, which it leaves as it found it.
class Attempt {
 public:
    Attempt(connect::Connection& connection, const roles::Roles& roles, const std::string& place)
        : connection_(connection), roles_(roles), place_(place) {}

    base::Result<std::vector<roles::Finding>> run() {
        TRY(connection_.simple("BEGIN READ WRITE; SET LOCAL lock_timeout = '1s'; SET LOCAL statement_timeout = '10s'"));
        auto status = try_all();
        const auto rolled_back = connection_.run_script("ROLLBACK");
        if (!status) return std::move(status).error();
        if (rolled_back.error) return connect::to_error(*rolled_back.error);
        return std::move(findings_);
    }

 private:
    base::Status try_all() {
        const auto who = TRY(connection_.simple("SELECT CURRENT_USER, SESSION_USER, pg_catalog.pg_is_in_recovery()"));
        if (who.text(0, 0) != roles_.app || who.text(0, 1) != roles_.app) {
            add("attempt-login",
                fmt::format("it logs in as {}", who.text(0, 1) == roles_.app ? who.text(0, 0) : who.text(0, 1)), "");
        }
        if (who.is_true(0, 2)) add("attempt-login", "it leads to a standby, where nobody can create anything", "");
        if (TRY(read_whereabouts(connection_)) != place_) {
            add("attempt-login", "it leads to another database than the environment's URL", "");
            return base::Done{};
        }
        for (const auto& schema : roles_.domain_schemas()) TRY(try_to_create(schema));
        const auto tables = TRY(read_tables());
        TRY(try_data(trials_of(tables, false)));
        for (const auto& trial : trials_of(tables, true)) TRY(try_book(trial));
        return base::Done{};
    }

    base::Result<std::vector<Table>> read_tables() {
        std::string names;
        for (const auto& domain : roles_.domains) {
            names += fmt::format("{}({}, {})", names.empty() ? "VALUES " : ", ", pg::literal(domain.version_schema),
                                 pg::literal(domain.version_table));
        }
        if (names.empty()) names = "SELECT ''::name, ''::name WHERE false";
        const auto rows = TRY(connection_.simple(
            fmt::format(fmt::runtime(tables_query), fmt::arg("ledger", pg::literal(roles_.ledger_schema)),
                        fmt::arg("version_tables", names),
                        fmt::arg("domain_schemas", roles::text_array(roles_.domain_schemas())))));
        std::vector<Table> tables;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            tables.push_back({.name = rows.text(i, 0), .is_book = rows.is_true(i, 1), .column = rows.text(i, 2)});
        }
        return tables;
    }

    /// In a savepoint. An Error is a session that gave out.
    base::Result<connect::ScriptOutcome> in_savepoint(const std::string& sql) {
        auto outcome = connection_.run_script("SAVEPOINT attempt; " + sql);
        if (outcome.error && outcome.error->connection_lost) return connect::to_error(*outcome.error);
        TRY(connection_.simple("ROLLBACK TO SAVEPOINT attempt"));
        if (outcome.completed > 0) --outcome.completed;
        return outcome;
    }

    base::Status try_to_create(const std::string& schema) {
        const auto exists = TRY(connection_.simple(
            fmt::format("SELECT 1 FROM pg_catalog.pg_namespace AS n WHERE n.nspname = {}", pg::literal(schema))));
        if (exists.empty()) return base::Done{};
        const auto outcome =
            TRY(in_savepoint(fmt::format("CREATE TABLE {} ()", pg::quote(schema, std::string(probe_table)))));
        if (outcome.error && outcome.error->sqlstate == insufficient_privilege) return base::Done{};
        // The table's name, or the guard at the command's end, stand in the way only of one who has the right.
        const auto state = outcome.error ? outcome.error->sqlstate : std::string();
        const bool has_right = state.empty() || state == duplicate_table || state == refused_by_guard;
        add("attempt-create",
            fmt::format("in schema {}: {}", schema,
                        state.empty()               ? std::string("it could create a table")
                        : state == refused_by_guard ? std::string("only the guard kept it from creating a table")
                                                    : "it was refused for another reason: " + outcome.error->message),
            has_right
                ? fmt::format("REVOKE CREATE ON SCHEMA {} FROM PUBLIC, {};", pg::quote(schema), pg::quote(roles_.app))
                : std::string());
        return base::Done{};
    }

    /// All at once, and from behind the failing one on again.
    base::Status try_data(const std::vector<Trial>& trials) {
        for (std::size_t from = 0; from < trials.size();) {
            std::string script;
            for (std::size_t i = from; i < trials.size(); ++i) script += (i == from ? "" : "; ") + trials[i].sql;
            const auto outcome = TRY(in_savepoint(script));
            if (!outcome.error) break;
            from += outcome.completed;
            const auto& trial = trials[std::min(from, trials.size() - 1)];
            const bool lacks_right = outcome.error->sqlstate == insufficient_privilege;
            add("attempt-data", fmt::format("{} on {}: {}", trial.right, trial.table, outcome.error->message),
                lacks_right
                    ? fmt::format("GRANT {} ON TABLE {} TO {};", trial.right, trial.table, pg::quote(roles_.app))
                    : std::string());
            ++from;
        }
        return base::Done{};
    }

    base::Status try_book(const Trial& trial) {
        const auto outcome = TRY(in_savepoint(trial.sql));
        if (outcome.error && outcome.error->sqlstate == insufficient_privilege) return base::Done{};
        add("attempt-books",
            fmt::format("{} on {}: {}", trial.right, trial.table,
                        outcome.error ? outcome.error->message : std::string("it was not refused")),
            outcome.error ? std::string()
                          : fmt::format("REVOKE {} ON TABLE {} FROM PUBLIC, {};", trial.right, trial.table,
                                        pg::quote(roles_.app)));
        return base::Done{};
    }

    void add(std::string check, std::string object, std::string mend) {
        findings_.push_back(
            {.check = std::move(check), .failure = {.object = std::move(object), .mend = std::move(mend)}});
    }

    connect::Connection& connection_;
    const roles::Roles& roles_;
    const std::string& place_;
    std::vector<roles::Finding> findings_{};
};

}  // namespace

base::Result<roles::Proof> read_role_proof(connect::Connection& connection, const roles::Roles& roles) {
    const auto rows = TRY(connection.simple(roles::proof_query(roles)));
    std::vector<roles::Finding> findings;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        findings.push_back({.check = rows.text(i, 0), .failure = {.object = rows.text(i, 1), .mend = rows.text(i, 2)}});
    }
    return roles::judge_catalog(roles, findings);
}

base::Result<std::string> read_whereabouts(connect::Connection& connection) {
    const auto rows =
        TRY(connection.simple("SELECT pg_catalog.current_database() || ' ' || pg_catalog.date_part('epoch', "
                              "pg_catalog.pg_postmaster_start_time())::text"));
    return rows.text(0, 0);
}

base::Result<std::vector<roles::Check>> attempt_as_app(connect::Connection& connection, const roles::Roles& roles,
                                                       const std::string& place) {
    return roles::judge_attempt(roles, TRY(Attempt(connection, roles, place).run()));
}

}  // namespace haetae::protect
