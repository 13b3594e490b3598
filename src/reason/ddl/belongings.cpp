// SPDX-License-Identifier: Apache-2.0
// Comments and owners; privileges have a file of their own.
#include "ddl/belongings.hpp"

#include <iterator>

#include "ddl/spelling.hpp"
#include "pg/identifier.hpp"

namespace haetae::ddl {

std::string comment_on(std::string_view object, std::string_view comment) {
    return "COMMENT ON " + std::string(object) + " IS " + (comment.empty() ? "NULL" : pg::literal(comment));
}

std::string owner_of(std::string_view object, std::string_view role) {
    return "ALTER " + std::string(object) + " OWNER TO " + spelled(role);
}

void add(std::vector<std::string>& statements, std::vector<std::string> more) {
    statements.insert(statements.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

void add_comment(std::vector<std::string>& statements, std::string_view object, const std::string& comment) {
    if (!comment.empty()) statements.push_back(comment_on(object, comment));
}

void add_grants(std::vector<std::string>& statements, const Style& style, std::string_view object,
                const model::Privileges& privileges, std::string_view columns) {
    if (style.privileges) add(statements, grants_on(object, privileges, columns));
}

void add_owner(std::vector<std::string>& statements, const Style& style, std::string_view object,
               const std::string& owner) {
    if (style.owners && owner != style.silent_owner) statements.push_back(owner_of(object, owner));
}

}  // namespace haetae::ddl
