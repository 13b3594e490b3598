// SPDX-License-Identifier: Apache-2.0
// Constraints of tables and domains. A foreign key to a partitioned table has, hidden behind it, one more row for each
// partition, on the same table: those are PostgreSQL's own.
#include "catalog/kinds.hpp"

#include <algorithm>

namespace haetae::catalog {

namespace {

constexpr std::string_view query = R"(
SELECT k.oid, k.conrelid, k.contypid, k.conname, k.contype, pg_catalog.pg_get_constraintdef(k.oid),
       k.contype = 'c' AND k.connoinherit, k.condeferrable, k.condeferred, {enforced}, k.convalidated, k.conislocal,
       k.coninhcount > 0
FROM scope, pg_catalog.pg_constraint AS k LEFT JOIN pg_catalog.pg_constraint AS p ON p.oid = k.conparentid
WHERE k.connamespace = ANY (scope.schemas) AND k.contype IN ('p', 'u', 'f', 'c', 'x')
  AND (p.oid IS NULL OR p.conrelid <> k.conrelid)
ORDER BY k.conname)";

constexpr Part enforced{.name = "enforced", .since = 180000, .text = "k.conenforced", .before = "true"};

model::ConstraintKind kind(const std::string& letter) {
    if (letter == "p") return model::ConstraintKind::primary_key;
    if (letter == "u") return model::ConstraintKind::unique;
    if (letter == "f") return model::ConstraintKind::foreign_key;
    return letter == "x" ? model::ConstraintKind::exclusion : model::ConstraintKind::check;
}

/// Takes from the definition what the flags say, last word first.
void take_flags_out(model::Constraint& constraint) {
    auto& text = constraint.definition;
    const auto take = [&text](bool said, std::string_view words) {
        if (said && text.ends_with(words)) text.resize(text.size() - words.size());
    };
    take(!constraint.validated, " NOT VALID");
    take(!constraint.enforced, " NOT ENFORCED");
    take(constraint.initially_deferred, " INITIALLY DEFERRED");
    take(constraint.deferrable, " DEFERRABLE");
    take(constraint.no_inherit, " NO INHERIT");
}

}  // namespace

base::Status read_constraints(Scope& scope) {
    auto answer = TRY(scope.ask(query, Class::relation, {enforced}));
    while (answer.next()) {
        const Address address{.of = Class::constraint, .oid = answer.oid()};
        const auto table = scope.tables.find(answer.oid());
        const auto domain = scope.domains.find(answer.oid());
        model::Constraint constraint{.name = answer.text()};
        constraint.kind = kind(answer.text());
        constraint.definition = answer.definition();
        constraint.no_inherit = answer.flag();
        constraint.deferrable = answer.flag();
        constraint.initially_deferred = answer.flag();
        constraint.enforced = answer.flag();
        constraint.validated = answer.flag() || !constraint.enforced;
        constraint.local = answer.flag();
        constraint.inherited = answer.flag();
        constraint.comment = scope.comment(address);
        take_flags_out(constraint);
        if (table != scope.tables.end()) {
            const auto& of = table->second->name;
            scope.names.emplace(address,
                                model::ObjectName{model::ObjectKind::constraint, of.schema, of.name, constraint.name});
            table->second->constraints.push_back(std::move(constraint));
        } else if (domain != scope.domains.end()) {
            const auto& of = domain->second->name;
            scope.names.emplace(address,
                                model::ObjectName{model::ObjectKind::constraint, of.schema, of.name, constraint.name});
            domain->second->constraints.push_back(std::move(constraint));
        }
    }
    return base::Done{};
}

}  // namespace haetae::catalog
