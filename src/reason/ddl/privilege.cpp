// SPDX-License-Identifier: Apache-2.0
// GRANT and REVOKE. A grant of somebody other than the owner is made in that role's name, after what lets it grant.
#include <algorithm>
#include <map>
#include <tuple>

#include "ddl/belongings.hpp"
#include "ddl/spelling.hpp"

namespace haetae::ddl {

namespace {

using model::Grant;

std::string role(const std::string& grantee) {
    return grantee.empty() ? "PUBLIC" : spelled(grantee);
}

/// Grants that differ in the privilege only, as one.
struct Bundle {
    std::string grantor;
    std::string grantee;
    bool grantable = false;
    std::vector<std::string> privileges{};
};

std::vector<Bundle> bundles(const std::vector<Grant>& grants) {
    std::vector<Bundle> out;
    for (const auto& grant : grants) {
        const auto found = std::find_if(out.begin(), out.end(), [&](const Bundle& bundle) {
            return std::tie(bundle.grantor, bundle.grantee, bundle.grantable) ==
                   std::tie(grant.grantor, grant.grantee, grant.grantable);
        });
        auto& bundle =
            found != out.end() ? *found : out.emplace_back(Bundle{grant.grantor, grant.grantee, grant.grantable});
        bundle.privileges.push_back(grant.privilege);
    }
    return out;
}

/// The owner's grants first, then those of roles that have been granted to by then.
std::vector<Bundle> in_order(std::vector<Bundle> open) {
    std::vector<Bundle> done;
    while (!open.empty()) {
        const auto may_grant = [&](const Bundle& bundle) {
            return bundle.grantor.empty() || std::any_of(done.begin(), done.end(), [&](const Bundle& before) {
                       return before.grantable && before.grantee == bundle.grantor;
                   });
        };
        const auto owners = std::find_if(open.begin(), open.end(), [](const Bundle& b) { return b.grantor.empty(); });
        auto next = owners != open.end() ? owners : std::find_if(open.begin(), open.end(), may_grant);
        if (next == open.end()) next = open.begin();
        done.push_back(*next);
        open.erase(next);
    }
    return done;
}

std::string privilege_list(const Bundle& bundle, std::string_view columns) {
    std::vector<std::string> texts;
    texts.reserve(bundle.privileges.size());
    for (const auto& privilege : bundle.privileges) texts.push_back(privilege + std::string(columns));
    return joined(texts, ", ");
}

std::vector<std::string> statements(std::string_view before, std::string_view on, const model::Privileges& privileges,
                                    std::string_view columns) {
    const std::string object = " ON " + std::string(on);
    std::vector<std::string> out;
    for (const auto& bundle : bundles(privileges.revoked)) {
        out.push_back(std::string(before) + "REVOKE " + privilege_list(bundle, columns) + object + " FROM " +
                      role(bundle.grantee));
    }
    for (const auto& bundle : in_order(bundles(privileges.granted))) {
        if (!bundle.grantor.empty()) out.push_back("SET SESSION AUTHORIZATION " + spelled(bundle.grantor));
        out.push_back(std::string(before) + "GRANT " + privilege_list(bundle, columns) + object + " TO " +
                      role(bundle.grantee) + (bundle.grantable ? " WITH GRANT OPTION" : ""));
        if (!bundle.grantor.empty()) out.emplace_back("RESET SESSION AUTHORIZATION");
    }
    return out;
}

}  // namespace

std::vector<std::string> grants_on(std::string_view object, const model::Privileges& privileges,
                                   std::string_view columns) {
    return statements("", object, privileges, columns.empty() ? "" : " " + std::string(columns));
}

std::vector<std::string> default_privileges(const model::DefaultPrivileges& defaults, const Style& style) {
    std::string before = "ALTER DEFAULT PRIVILEGES ";
    if (defaults.role != style.silent_owner) before += "FOR ROLE " + spelled(defaults.role) + " ";
    if (!defaults.schema.empty()) before += "IN SCHEMA " + spelled(defaults.schema) + " ";
    return statements(before, defaults.objects, defaults.privileges, "");
}

}  // namespace haetae::ddl
