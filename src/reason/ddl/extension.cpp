// SPDX-License-Identifier: Apache-2.0
// Without a version: which ones there are is the server's affair. plpgsql is in every database.
#include "ddl/belongings.hpp"
#include "ddl/kinds.hpp"
#include "ddl/spelling.hpp"

namespace haetae::ddl {

Creations create_extension(const model::Extension& extension) {
    Creation creation{.object = {.kind = model::ObjectKind::extension, .name = extension.name},
                      .rank = Rank::extension,
                      .group = extension.name};
    if (extension.name == "plpgsql" && extension.schema == "pg_catalog") return {creation};
    creation.needs = {{.kind = model::ObjectKind::schema, .name = extension.schema}};
    creation.statements.push_back("CREATE EXTENSION IF NOT EXISTS " + spelled(extension.name) + " WITH SCHEMA " +
                                  spelled(extension.schema));
    add_comment(creation.statements, "EXTENSION " + spelled(extension.name), extension.comment);
    return {creation};
}

}  // namespace haetae::ddl
