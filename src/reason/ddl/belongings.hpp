// SPDX-License-Identifier: Apache-2.0
// What every kind of object may have: a comment, an owner, privileges. Each is a statement of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ddl/creation.hpp"
#include "model/privilege.hpp"

namespace haetae::ddl {

/// `object` is "TABLE shop.orders", "COLUMN shop.orders.id"; an empty comment takes the one there away.
std::string comment_on(std::string_view object, std::string_view comment);
/// `object` as ALTER takes it: "MATERIALIZED VIEW shop.totals".
std::string owner_of(std::string_view object, std::string_view role);
/// From what the kind grants by default to `privileges`. `object` as GRANT takes it: "TABLE shop.orders", "FUNCTION
/// shop.total(integer)"; with `columns`, "(a, b)", the privileges are those of columns.
std::vector<std::string> grants_on(std::string_view object, const model::Privileges& privileges,
                                   std::string_view columns = "");
std::vector<std::string> default_privileges(const model::DefaultPrivileges& defaults, const Style& style);

void add(std::vector<std::string>& statements, std::vector<std::string> more);
void add_comment(std::vector<std::string>& statements, std::string_view object, const std::string& comment);
void add_grants(std::vector<std::string>& statements, const Style& style, std::string_view object,
                const model::Privileges& privileges, std::string_view columns = "");

/// Owner, comment and grants of one object. The three names differ in the kind's word only.
struct Called {
    std::string alter;      ///< "VIEW shop.v"
    std::string comment{};  ///< "VIEW shop.v"; empty = as `alter`
    std::string grant{};    ///< "TABLE shop.v"; empty = as `alter`
};

void add_owner(std::vector<std::string>& statements, const Style& style, std::string_view object,
               const std::string& owner);

template <typename Object>
void add_belongings(std::vector<std::string>& statements, const Style& style, const Called& called,
                    const Object& object) {
    add_owner(statements, style, called.alter, object.owner);
    add_comment(statements, called.comment.empty() ? called.alter : called.comment, object.comment);
    add_grants(statements, style, called.grant.empty() ? called.alter : called.grant, object.privileges);
}

}  // namespace haetae::ddl
