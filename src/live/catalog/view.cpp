// SPDX-License-Identifier: Apache-2.0
// Views and materialized views; their columns come with the columns.
#include "catalog/kinds.hpp"
#include "model/canonical.hpp"

namespace haetae::catalog {

namespace {

constexpr std::string_view query = R"(
SELECT c.oid, c.reltype, c.relkind = 'm', n.nspname, c.relname, am.amname, ts.spcname, c.reloptions,
       pg_catalog.pg_get_viewdef(c.oid),
       pg_catalog.pg_get_userbyid(c.relowner), c.relacl, pg_catalog.acldefault('r', c.relowner)
FROM scope, pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_am AS am ON am.oid = c.relam
LEFT JOIN pg_catalog.pg_tablespace AS ts ON ts.oid = c.reltablespace
WHERE c.relkind IN ('v', 'm') AND c.relnamespace = ANY (scope.schemas) AND c.oid NOT IN ({members})
ORDER BY c.relkind, n.nspname, c.relname)";

/// What a query is: without the blank before and the semicolon behind it, and as 16 prints it.
std::string view_query(std::string printed, int version) {
    if (printed.ends_with(";")) printed.pop_back();
    if (printed.starts_with(" ")) printed.erase(0, 1);
    return version < 160000 ? model::without_single_alias(printed) : printed;
}

}  // namespace

base::Status read_views(Scope& scope) {
    auto answer = TRY(scope.ask(query));
    std::vector<Oid> views;
    std::vector<Oid> materialized;
    while (answer.next()) {
        const Address address{.oid = answer.oid()};
        const Address row_type{.of = Class::type, .oid = answer.oid()};
        const bool is_materialized = answer.flag();
        model::MaterializedView view{.name = answer.name()};
        view.access_method = answer.text();
        view.tablespace = answer.text();
        view.options = answer.options();
        view.definition = view_query(answer.definition(), scope.version());
        scope.belongings(view, answer, address);
        const auto kind = is_materialized ? model::ObjectKind::materialized_view : model::ObjectKind::view;
        const model::ObjectName name{kind, view.name.schema, view.name.name};
        scope.names.emplace(address, name);
        scope.names.emplace(row_type, name);
        (is_materialized ? materialized : views).push_back(address.oid);
        if (is_materialized) {
            scope.database.materialized_views.push_back(std::move(view));
        } else {
            scope.database.views.push_back({.name = view.name,
                                            .options = view.options,
                                            .definition = view.definition,
                                            .owner = view.owner,
                                            .comment = view.comment,
                                            .privileges = view.privileges});
        }
    }
    for (std::size_t i = 0; i < views.size(); ++i) scope.views.emplace(views[i], &scope.database.views[i]);
    for (std::size_t i = 0; i < materialized.size(); ++i) {
        scope.materialized_views.emplace(materialized[i], &scope.database.materialized_views[i]);
    }
    return base::Done{};
}

}  // namespace haetae::catalog
