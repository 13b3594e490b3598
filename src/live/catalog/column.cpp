// SPDX-License-Identifier: Apache-2.0
// Columns of tables and views, attributes of composite types: all out of pg_attribute.
#include "catalog/acl.hpp"
#include "catalog/kinds.hpp"
#include "catalog/not_null.hpp"

namespace haetae::catalog {

namespace {

constexpr std::string_view query = R"(
SELECT a.attrelid, a.attnum, d.oid, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
       cn.nspname, co.collname, a.attnotnull, {not_null},
       pg_catalog.pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated, a.attislocal, a.attinhcount > 0,
       CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END, {compression},
       CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END, a.attoptions, a.attacl
FROM scope, pg_catalog.pg_class AS c JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_catalog.pg_collation AS co ON co.oid = a.attcollation AND a.attcollation <> t.typcollation
LEFT JOIN pg_catalog.pg_namespace AS cn ON cn.oid = co.collnamespace {not_null_join}
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'c') AND c.relnamespace = ANY (scope.schemas)
  AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum)";

constexpr Part compression{.name = "compression", .since = 140000, .text = "a.attcompression", .before = "NULL"};
constexpr Part not_null{.name = "not_null",
                        .since = 180000,
                        .text = "nn.conname, nn.connoinherit, coalesce(nn.convalidated, true)",
                        .before = "NULL, false, true"};
constexpr Part not_null_join{.name = "not_null_join",
                             .since = 180000,
                             .text = R"(
LEFT JOIN pg_catalog.pg_constraint AS nn
  ON nn.contype = 'n' AND nn.conrelid = a.attrelid AND nn.conkey[1] = a.attnum)",
                             .before = ""};

model::Identity identity(const std::string& letter) {
    if (letter == "a") return model::Identity::always;
    return letter == "d" ? model::Identity::by_default : model::Identity::none;
}

model::Generated generated(const std::string& letter) {
    if (letter == "s") return model::Generated::stored;
    return letter == "v" ? model::Generated::virtual_ : model::Generated::none;
}

std::string storage(const std::string& letter) {
    if (letter == "p") return "PLAIN";
    if (letter == "e") return "EXTERNAL";
    if (letter == "x") return "EXTENDED";
    return letter == "m" ? "MAIN" : letter;
}

std::string compression_method(const std::string& letter) {
    if (letter == "p") return "pglz";
    return letter == "l" ? "lz4" : letter;
}

model::Column take_column(Answer& answer, bool has_expression) {
    model::Column column{.name = answer.text()};
    column.type = answer.text();
    column.collation = answer.name();
    column.not_null = answer.flag();
    column.not_null_name = chosen_not_null_name(answer.text());
    column.not_null_no_inherit = answer.flag();
    column.not_null_validated = answer.flag();
    auto expression = has_expression ? answer.definition() : answer.printed();
    column.identity = identity(answer.text());
    column.generated = generated(answer.text());
    (column.generated == model::Generated::none ? column.default_expression : column.generation_expression) =
        std::move(expression);
    column.local = answer.flag();
    column.inherited = answer.flag();
    column.storage = storage(answer.text());
    column.compression = compression_method(answer.text());
    column.statistics = answer.optional_number();
    column.options = answer.options();
    return column;
}

struct Columns {
    std::vector<model::Column>* list = nullptr;  ///< null for a composite type, and for what is not in the model
    model::CompositeType* composite = nullptr;
    std::string owner{};
    model::ObjectName relation{};
};

Columns columns_of(Scope& scope, Oid relation) {
    const auto name = scope.names.find({.oid = relation});
    if (name == scope.names.end()) return {};
    const auto of = [&](auto& map) { return map.find(relation); };
    if (const auto table = of(scope.tables); table != scope.tables.end()) {
        return {.list = &table->second->columns, .owner = table->second->owner, .relation = name->second};
    }
    if (const auto view = of(scope.views); view != scope.views.end()) {
        return {.list = &view->second->columns, .owner = view->second->owner, .relation = name->second};
    }
    if (const auto view = of(scope.materialized_views); view != scope.materialized_views.end()) {
        return {.list = &view->second->columns, .owner = view->second->owner, .relation = name->second};
    }
    return {.composite = scope.composites.at(relation), .relation = name->second};
}

}  // namespace

base::Status read_columns(Scope& scope) {
    auto answer = TRY(scope.ask(query, Class::relation, {compression, not_null, not_null_join}));
    Oid current = 0;
    Columns columns;
    while (answer.next()) {
        Address address{.oid = answer.oid()};
        address.column = static_cast<int>(answer.number());
        if (address.oid != current) columns = columns_of(scope, address.oid);
        current = address.oid;
        if (columns.list == nullptr && columns.composite == nullptr) continue;
        const auto expression = answer.oid();
        auto column = take_column(answer, expression != 0);
        column.privileges = column_privileges(answer.text(), columns.owner);
        column.comment = scope.comment(address);
        auto name = columns.relation;
        name.part = column.name;
        if (expression != 0) {
            name.kind = model::ObjectKind::default_value;
            scope.names.emplace(Address{.of = Class::default_value, .oid = expression}, name);
        }
        // A column of a view is its view: it cannot be made apart.
        if (columns.relation.kind == model::ObjectKind::table) {
            name.kind = model::ObjectKind::column;
            scope.names.emplace(address, name);
        } else {
            scope.names.emplace(address, columns.relation);
        }
        if (columns.list != nullptr) {
            columns.list->push_back(std::move(column));
        } else {
            columns.composite->attributes.push_back(
                {.name = column.name, .type = column.type, .collation = column.collation, .comment = column.comment});
        }
    }
    return base::Done{};
}

}  // namespace haetae::catalog
