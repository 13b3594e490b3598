// SPDX-License-Identifier: Apache-2.0
// pg_depend, from OIDs to the names that the other files gave. Edges to what is not in the model, and those that are
// plain from the names (a part to its table, a relation to its schema), are left out. OWNED BY is no edge either: it is
// set once both are there, and with it a serial column would need itself.
#include <algorithm>

#include "catalog/kinds.hpp"

namespace haetae::catalog {

namespace {

constexpr std::string_view members_query = R"(
SELECT d.classid, d.objid, d.refobjid FROM pg_catalog.pg_depend AS d WHERE d.deptype = 'e')";

constexpr std::string_view arrays_query = R"(
SELECT t.typarray, t.oid FROM pg_catalog.pg_type AS t WHERE t.typarray >= 16384)";

// 16384: FirstNormalObjectId. 2615: pg_namespace.
constexpr std::string_view query = R"(
SELECT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid
FROM pg_catalog.pg_depend AS d
WHERE d.objid >= 16384 AND d.refobjid >= 16384 AND d.refclassid <> 2615 AND d.deptype IN ('n', 'a', 'i', 'P', 'S')
  AND NOT (d.deptype IN ('a', 'i') AND d.objid IN (SELECT s.seqrelid FROM pg_catalog.pg_sequence AS s)))";

Address take_address(Answer& answer) {
    Address address{.of = static_cast<Class>(answer.oid())};
    address.oid = answer.oid();
    return address;
}

/// The name of an object or column; of a column that has none, that of its relation. Null for what is not in the model.
const model::ObjectName* find_name(const Scope& scope, Address address) {
    auto found = scope.names.find(address);
    address.column = 0;
    if (found == scope.names.end()) found = scope.names.find(address);
    return found == scope.names.end() ? nullptr : &found->second;
}

/// Names for what extensions brought, and for array types.
base::Status add_names(Scope& scope) {
    auto members = TRY(scope.ask(members_query));
    while (members.next()) {
        const auto member = take_address(members);
        const auto* extension = find_name(scope, {.of = Class::extension, .oid = members.oid()});
        if (extension != nullptr) scope.names.emplace(member, model::ObjectName(*extension));
    }
    auto arrays = TRY(scope.ask(arrays_query));
    while (arrays.next()) {
        const Address array{.of = Class::type, .oid = arrays.oid()};
        const auto* element = find_name(scope, {.of = Class::type, .oid = arrays.oid()});
        if (element != nullptr) scope.names.emplace(array, model::ObjectName(*element));
    }
    return base::Done{};
}

bool is_part_of(const model::ObjectName& part, const model::ObjectName& whole) {
    return !part.part.empty() && whole.part.empty() && part.kind != model::ObjectKind::function &&
           part.schema == whole.schema && part.name == whole.name;
}

}  // namespace

base::Status read_dependencies(Scope& scope) {
    TRY(add_names(scope));
    auto answer = TRY(scope.ask(query));
    auto& edges = scope.database.origin.dependencies;
    while (answer.next()) {
        auto dependent = take_address(answer);
        dependent.column = static_cast<int>(answer.number());
        auto needed = take_address(answer);
        needed.column = static_cast<int>(answer.number());
        const auto* const from = find_name(scope, dependent);
        const auto* const to = find_name(scope, needed);
        if (from == nullptr || to == nullptr || *from == *to || is_part_of(*from, *to) || is_part_of(*to, *from)) {
            continue;
        }
        if (from->kind == model::ObjectKind::extension) continue;
        edges.push_back({.dependent = *from, .needed = *to});
    }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    return base::Done{};
}

}  // namespace haetae::catalog
