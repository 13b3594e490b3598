// SPDX-License-Identifier: Apache-2.0
// All comments at once: those on what initdb made are left where they are, but for schemas and extensions.
#include "catalog/kinds.hpp"

namespace haetae::catalog {

namespace {

// 16384: FirstNormalObjectId.
constexpr std::string_view query = R"(
SELECT c.relname, d.objoid, d.objsubid, d.description
FROM pg_catalog.pg_description AS d JOIN pg_catalog.pg_class AS c ON c.oid = d.classoid
WHERE c.relnamespace = 'pg_catalog'::pg_catalog.regnamespace
  AND (d.objoid >= 16384 OR c.relname IN ('pg_namespace', 'pg_extension')))";

}  // namespace

base::Status read_comments(Scope& scope) {
    auto answer = TRY(scope.ask(query));
    std::unordered_map<std::string_view, Class> classes;
    for (std::size_t i = 0; i < std::size(class_names); ++i) classes.emplace(class_names[i], static_cast<Class>(i));
    while (answer.next()) {
        const auto found = classes.find(answer.text());
        if (found == classes.end()) continue;
        Address address{.of = found->second, .oid = answer.oid()};
        address.column = static_cast<int>(answer.number());
        scope.comments.emplace(address, answer.text());
    }
    return base::Done{};
}

}  // namespace haetae::catalog
