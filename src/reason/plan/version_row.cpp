// SPDX-License-Identifier: Apache-2.0
// Names quoted, ids as literals.
#include "plan/version_row.hpp"

#include <fmt/format.h>

#include "pg/identifier.hpp"

namespace haetae::plan {

namespace {

std::string table_of(const settings::Domain& domain) {
    return pg::quote(domain.version_schema, domain.version_table);
}

}  // namespace

std::string create_version_table_sql(const settings::Domain& domain) {
    return fmt::format(
        "CREATE TABLE {} (\n    version_num varchar(32) NOT NULL,\n    CONSTRAINT {} PRIMARY KEY (version_num)\n)",
        table_of(domain), pg::quote(domain.version_table + "_pkc"));
}

std::string row_change_sql(const settings::Domain& domain, const RowChange& change) {
    switch (change.kind) {
        case RowChange::Kind::insert:
            return fmt::format("INSERT INTO {} (version_num) VALUES ({})", table_of(domain),
                               pg::literal(change.to.text()));
        case RowChange::Kind::remove:
            return fmt::format("DELETE FROM {} WHERE version_num = {}", table_of(domain),
                               pg::literal(change.from.text()));
        case RowChange::Kind::update:
            return fmt::format("UPDATE {} SET version_num = {} WHERE version_num = {}", table_of(domain),
                               pg::literal(change.to.text()), pg::literal(change.from.text()));
    }
    BUG("a row change of no kind");
}

std::string checked_row_changes(const settings::Domain& domain, std::span<const RowChange> changes) {
    std::string text;
    for (const auto& change : changes) {
        // A row that is there already is no unique violation: it counts as no row changed, and is told like the others.
        const bool is_insert = change.kind == RowChange::Kind::insert;
        const auto is_not = is_insert ? fmt::format("holds {} already", change.to.text())
                                      : fmt::format("is not at {} any more", change.from.text());
        text += fmt::format(
            "{}{};\nGET DIAGNOSTICS n = ROW_COUNT;\n"
            "IF n <> 1 THEN RAISE EXCEPTION USING ERRCODE = 'HT001', MESSAGE = {}; END IF;\n",
            row_change_sql(domain, change), is_insert ? " ON CONFLICT DO NOTHING" : "",
            pg::literal(fmt::format("the version table of domain {} {}", domain.name.text(), is_not)));
    }
    return text;
}

}  // namespace haetae::plan
