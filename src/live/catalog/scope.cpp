// SPDX-License-Identifier: Apache-2.0
// fmt puts the parts in: a brace that SQL needs is doubled in a query.
#include "catalog/scope.hpp"

#include <fmt/args.h>
#include <fmt/format.h>

#include <array>

namespace haetae::catalog {

base::Result<Answer> Scope::ask(std::string_view query, Class members_of, std::initializer_list<Part> parts) {
    fmt::dynamic_format_arg_store<fmt::format_context> texts;
    const auto members =
        fmt::format("SELECT e.objid FROM pg_catalog.pg_depend AS e WHERE e.deptype IN ('e'{}) AND e.classid = {}",
                    members_of == Class::function ? ", 'i'" : "", static_cast<Oid>(members_of));
    texts.push_back(fmt::arg("members", members));
    for (const auto& part : parts) {
        texts.push_back(fmt::arg(std::string(part.name).c_str(), version() >= part.since ? part.text : part.before));
    }
    const std::array<connect::Parameter, 5> parameters{schemas, left_out, hidden, everything ? "t" : "f", moment};
    const auto sql =
        "WITH scope AS (SELECT $1::pg_catalog.oid[] AS schemas, $2::pg_catalog.oid[] AS left_out, "
        "$3::pg_catalog.oid[] AS hidden, $4::pg_catalog.bool AS everything, $5::pg_catalog.text AS moment) " +
        fmt::vformat(query, texts);
    return Answer(TRY(connection.query(sql, parameters)), torn);
}

std::string Scope::comment(const Address& address) const {
    const auto found = comments.find(address);
    return found == comments.end() ? "" : found->second;
}

model::ObjectName Scope::part_name(model::ObjectKind kind, Oid relation, std::string part) const {
    auto name = names.at({.oid = relation});
    name.kind = kind;
    name.part = std::move(part);
    return name;
}

}  // namespace haetae::catalog
