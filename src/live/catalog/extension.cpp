// SPDX-License-Identifier: Apache-2.0
// What an extension brought with it is its own: no object of the model.
#include "catalog/kinds.hpp"

namespace haetae::catalog {

namespace {

constexpr std::string_view query = R"(
SELECT x.oid, x.extname, n.nspname, x.extversion, scope.schemas && ARRAY[x.extnamespace]
FROM scope, pg_catalog.pg_extension AS x JOIN pg_catalog.pg_namespace AS n ON n.oid = x.extnamespace
ORDER BY x.extname)";

}  // namespace

// All of them have a name, since objects of the schemas may need one that is installed elsewhere.
base::Status read_extensions(Scope& scope) {
    auto answer = TRY(scope.ask(query));
    while (answer.next()) {
        const Address address{.of = Class::extension, .oid = answer.oid()};
        model::Extension extension{.name = answer.text()};
        extension.schema = answer.text();
        extension.version = answer.text();
        extension.comment = scope.comment(address);
        scope.names.emplace(address, model::ObjectName{.kind = model::ObjectKind::extension, .name = extension.name});
        if (scope.everything || answer.flag()) scope.database.extensions.push_back(std::move(extension));
    }
    return base::Done{};
}

}  // namespace haetae::catalog
