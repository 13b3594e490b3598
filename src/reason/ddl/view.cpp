// SPDX-License-Identifier: Apache-2.0
// Views and materialized views. A materialized view is made without its data, as pg_dump does it: its query may call
// functions whose bodies use what comes later.
#include "ddl/belongings.hpp"
#include "ddl/kinds.hpp"
#include "ddl/parts.hpp"
#include "ddl/spelling.hpp"

namespace haetae::ddl {

namespace {

/// A view with the same columns, which CREATE OR REPLACE can turn into the true one.
Creation stand_in(const model::View& view, const Creation& creation) {
    std::vector<std::string> columns;
    columns.reserve(view.columns.size());
    for (const auto& column : view.columns) {
        columns.push_back("NULL::" + column.type + collate(column.collation) + " AS " + spelled(column.name));
    }
    Creation early = creation;
    early.stand_in = true;
    early.statements = {"CREATE VIEW " + spelled(view.name) + " AS\n SELECT " + joined(columns, ",\n    ")};
    return early;
}

}  // namespace

Creations create_view(const model::View& view, const Style& style, const Apart& apart) {
    const auto name = spelled(view.name);
    const Relation of{.name = view.name, .word = "VIEW", .rank = Rank::view};
    Creation creation{
        .object = named(model::ObjectKind::view, view.name), .rank = Rank::view, .group = group_of(view.name)};
    Creations creations;
    const bool is_apart = apart.count(creation.object) > 0;
    if (is_apart) {
        creations.push_back(stand_in(view, creation));
        creation.rank = Rank::late_view;
        creation.needs = {creation.object};
    }
    creation.statements.push_back((is_apart ? "CREATE OR REPLACE VIEW " : "CREATE VIEW ") + name +
                                  with_options(view.options) + " AS\n " + view.definition);
    add_belongings(creation.statements, style, {.alter = "VIEW " + name, .grant = "TABLE " + name}, view);
    add_column_belongings(creation.statements, view.columns, of, style);
    creations.push_back(creation);
    append(creations, create_defaults(view.columns, of, apart));
    append(creations, create_triggers(view.triggers, of));
    append(creations, create_rules(view.rules, of));
    return creations;
}

Creations create_materialized_view(const model::MaterializedView& view, const Style& style) {
    const auto name = spelled(view.name);
    const Relation of{.name = view.name, .word = "MATERIALIZED VIEW", .rank = Rank::materialized_view};
    auto statement = "CREATE MATERIALIZED VIEW " + name;
    if (view.access_method != "heap") statement += " USING " + spelled(view.access_method);
    statement += with_options(view.options);
    if (!view.tablespace.empty()) statement += " TABLESPACE " + spelled(view.tablespace);
    statement += " AS\n " + view.definition + "\n  WITH NO DATA";
    Creation creation{.object = named(model::ObjectKind::materialized_view, view.name),
                      .rank = Rank::materialized_view,
                      .group = group_of(view.name),
                      .statements = {statement}};
    for (const auto& column : view.columns) add(creation.statements, column_settings(column, of));
    add_belongings(creation.statements, style, {.alter = "MATERIALIZED VIEW " + name, .grant = "TABLE " + name}, view);
    add_column_belongings(creation.statements, view.columns, of, style);
    Creations creations{creation};
    append(creations, create_indexes(view.indexes, of));
    return creations;
}

}  // namespace haetae::ddl
