// SPDX-License-Identifier: Apache-2.0
// Range types, and from 14 on the multirange type that comes with each.
#include "catalog/kinds.hpp"

namespace haetae::catalog {

namespace {

constexpr std::string_view query = R"(
SELECT t.oid, {multirange_oid}, n.nspname, t.typname, pg_catalog.format_type(r.rngsubtype, NULL),
       CASE WHEN NOT oc.opcdefault THEN ocn.nspname END, CASE WHEN NOT oc.opcdefault THEN oc.opcname END,
       cn.nspname, co.collname,
       CASE WHEN r.rngcanonical <> 0 THEN r.rngcanonical::pg_catalog.text END,
       CASE WHEN r.rngsubdiff <> 0 THEN r.rngsubdiff::pg_catalog.text END,
       {multirange_name},
       pg_catalog.pg_get_userbyid(t.typowner), t.typacl, pg_catalog.acldefault('T', t.typowner)
FROM scope, pg_catalog.pg_range AS r JOIN pg_catalog.pg_type AS t ON t.oid = r.rngtypid
JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
JOIN pg_catalog.pg_type AS s ON s.oid = r.rngsubtype
JOIN pg_catalog.pg_opclass AS oc ON oc.oid = r.rngsubopc
JOIN pg_catalog.pg_namespace AS ocn ON ocn.oid = oc.opcnamespace
LEFT JOIN pg_catalog.pg_collation AS co ON co.oid = r.rngcollation AND r.rngcollation <> s.typcollation
LEFT JOIN pg_catalog.pg_namespace AS cn ON cn.oid = co.collnamespace {multirange_join}
WHERE t.typnamespace = ANY (scope.schemas) AND t.oid NOT IN ({members})
ORDER BY n.nspname, t.typname)";

constexpr Part multirange_oid{.name = "multirange_oid", .since = 140000, .text = "r.rngmultitypid", .before = "0"};
constexpr Part multirange_name{
    .name = "multirange_name", .since = 140000, .text = "mn.nspname, m.typname", .before = "NULL, NULL"};
constexpr Part multirange_join{.name = "multirange_join",
                               .since = 140000,
                               .text = R"(
JOIN pg_catalog.pg_type AS m ON m.oid = r.rngmultitypid
JOIN pg_catalog.pg_namespace AS mn ON mn.oid = m.typnamespace)",
                               .before = ""};

/// By makeMultirangeTypeName; PostgreSQL cuts what gets too long at a letter's border, so a cut name reads as given.
std::string generated_multirange(const std::string& range) {
    const auto at = range.find("range");
    return at == std::string::npos ? range + "_multirange" : range.substr(0, at) + "multi" + range.substr(at);
}

}  // namespace

base::Status read_ranges(Scope& scope) {
    auto answer = TRY(scope.ask(query, Class::type, {multirange_oid, multirange_name, multirange_join}));
    while (answer.next()) {
        const Address address{.of = Class::type, .oid = answer.oid()};
        const Address multirange{.of = Class::type, .oid = answer.oid()};
        model::RangeType type{.name = answer.name()};
        type.subtype = answer.text();
        type.operator_class = answer.name();
        type.collation = answer.name();
        type.canonical = answer.text();
        type.subtype_diff = answer.text();
        type.multirange = answer.name();
        const model::QualifiedName generated{type.name.schema, generated_multirange(type.name.name)};
        if (type.multirange == generated) type.multirange = {};
        scope.belongings(type, answer, address);
        const model::ObjectName name{model::ObjectKind::type, type.name.schema, type.name.name};
        scope.names.emplace(address, name);
        if (multirange.oid != 0) scope.names.emplace(multirange, name);
        scope.database.ranges.push_back(std::move(type));
    }
    return base::Done{};
}

}  // namespace haetae::catalog
