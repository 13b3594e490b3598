// SPDX-License-Identifier: Apache-2.0
// All comments at once: those on what initdb made are left where they are, but for schemas and extensions.
#include "catalog/kinds.hpp"

namespace haetae::catalog {

namespace {

// 16384: FirstNormalObjectId. 2615, 3079: pg_namespace, pg_extension.
constexpr std::string_view query = R"(
SELECT d.classoid, d.objoid, d.objsubid, d.description FROM pg_catalog.pg_description AS d
WHERE d.objoid >= 16384 OR d.classoid IN (2615, 3079))";

}  // namespace

base::Status read_comments(Scope& scope) {
    auto answer = TRY(scope.ask(query));
    while (answer.next()) {
        Address address{.of = static_cast<Class>(answer.oid())};
        address.oid = answer.oid();
        address.column = static_cast<int>(answer.number());
        scope.comments.emplace(address, answer.text());
    }
    return base::Done{};
}

}  // namespace haetae::catalog
