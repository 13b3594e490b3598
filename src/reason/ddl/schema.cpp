// SPDX-License-Identifier: Apache-2.0
// Every database has `public` already, with an owner and a comment of its own.
#include "ddl/belongings.hpp"
#include "ddl/kinds.hpp"
#include "ddl/spelling.hpp"

namespace haetae::ddl {

namespace {

void add_public(std::vector<std::string>& statements, const model::Schema& schema, const Style& style) {
    if (schema.owner != "pg_database_owner") add_owner(statements, style, "SCHEMA public", schema.owner);
    if (schema.comment != "standard public schema") statements.push_back(comment_on("SCHEMA public", schema.comment));
    add_grants(statements, style, "SCHEMA public", schema.privileges);
}

}  // namespace

Creations create_schema(const model::Schema& schema, const Style& style) {
    Creation creation{
        .object = {.kind = model::ObjectKind::schema, .name = schema.name}, .rank = Rank::schema, .group = schema.name};
    if (schema.name == "public") {
        add_public(creation.statements, schema, style);
    } else {
        creation.statements.push_back("CREATE SCHEMA " + spelled(schema.name));
        add_belongings(creation.statements, style, {.alter = "SCHEMA " + spelled(schema.name)}, schema);
    }
    return {creation};
}

}  // namespace haetae::ddl
