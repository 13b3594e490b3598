// SPDX-License-Identifier: Apache-2.0
// grantee=letters/grantor, each name in double quotes where it is not plain, each letter followed by * where it may be
// granted on.
#include "catalog/acl.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bug.hpp"
#include "catalog/answer.hpp"

namespace haetae::catalog {

namespace {

using model::Grant;
using Grants = std::vector<Grant>;

constexpr std::pair<char, std::string_view> letters[] = {
    {'r', "SELECT"},     {'a', "INSERT"},  {'w', "UPDATE"},    {'d', "DELETE"}, {'D', "TRUNCATE"},
    {'x', "REFERENCES"}, {'t', "TRIGGER"}, {'m', "MAINTAIN"},  {'U', "USAGE"},  {'C', "CREATE"},
    {'X', "EXECUTE"},    {'c', "CONNECT"}, {'T', "TEMPORARY"}, {'s', "SET"},    {'A', "ALTER SYSTEM"}};

std::string privilege_name(char letter) {
    const auto* const found = std::find_if(std::begin(letters), std::end(letters),
                                           [letter](const auto& entry) { return entry.first == letter; });
    // A privilege of a later version: named by its letter, never dropped.
    return found == std::end(letters) ? std::string(1, letter) : std::string(found->second);
}

/// Takes a name from the front of `text`.
std::string take_name(std::string_view& text) {
    std::string name;
    bool quoted = false;
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        if (text[i] == '"') {
            if (quoted && text.substr(i, 2) == "\"\"")
                name.push_back(text[i++]);
            else
                quoted = !quoted;
        } else if (!quoted && (text[i] == '=' || text[i] == '/')) {
            break;
        } else {
            name.push_back(text[i]);
        }
    }
    text.remove_prefix(i);
    return name;
}

/// The grants of one list, one a privilege, sorted. Whoever granted as `owner` is written as "".
Grants parse(const std::string& acl, const std::string& owner) {
    Grants grants;
    for (const auto& item : array_elements(acl)) {
        std::string_view rest = item;
        const auto grantee = take_name(rest);
        const auto slash = rest.find('/');
        BUG_IF(!rest.starts_with("=") || slash == std::string_view::npos, "an aclitem has an unknown form");
        const auto granted = rest.substr(1, slash - 1);
        rest.remove_prefix(slash + 1);
        auto grantor = take_name(rest);
        if (grantor == owner) grantor.clear();
        for (std::size_t i = 0; i < granted.size(); ++i) {
            const bool grantable = i + 1 < granted.size() && granted[i + 1] == '*';
            grants.push_back({.grantee = grantee,
                              .privilege = privilege_name(granted[i]),
                              .grantable = grantable,
                              .grantor = grantor});
            if (grantable) ++i;
        }
    }
    std::sort(grants.begin(), grants.end());
    return grants;
}

std::string grantor_of(const std::string& default_acl) {
    for (const auto& item : array_elements(default_acl)) {
        std::string_view rest = item;
        take_name(rest);
        rest.remove_prefix(std::min(rest.size(), rest.find('/') + 1));
        return take_name(rest);
    }
    return "";
}

/// The default list of an object with this owner, whoever it was written for.
Grants parse_default(const std::string& default_acl, const std::string& owner) {
    const auto former = grantor_of(default_acl);
    auto grants = parse(default_acl, former);
    for (auto& grant : grants) {
        if (grant.grantee == former) grant.grantee = owner;
    }
    std::sort(grants.begin(), grants.end());
    return grants;
}

std::size_t number_of_privileges(const Grants& default_grants, const std::string& owner) {
    return static_cast<std::size_t>(std::count_if(default_grants.begin(), default_grants.end(),
                                                  [&](const Grant& grant) { return grant.grantee == owner; }));
}

/// One "ALL" in place of every privilege there is, given to one role by one grantor in one way.
Grants with_all(const Grants& grants, std::size_t all) {
    if (all < 2) return grants;
    std::map<Grant, std::set<std::string>> by_holder;
    for (const auto& grant : grants) {
        auto holder = grant;
        holder.privilege.clear();
        by_holder[holder].insert(grant.privilege);
    }
    Grants out;
    for (const auto& [holder, held] : by_holder) {
        const std::set<std::string> shown = held.size() == all ? std::set<std::string>{"ALL"} : held;
        for (const auto& privilege : shown) {
            out.push_back(holder);
            out.back().privilege = privilege;
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

Grants without(const Grants& grants, const Grants& taken) {
    Grants out;
    std::set_difference(grants.begin(), grants.end(), taken.begin(), taken.end(), std::back_inserter(out));
    return out;
}

}  // namespace

model::Privileges privileges(const std::string& acl, const std::string& default_acl, const std::string& owner) {
    if (acl.empty()) return {};
    const auto present = parse(acl, owner);
    const auto initial = parse_default(default_acl, owner);
    const auto all = number_of_privileges(initial, owner);
    return {.granted = with_all(without(present, initial), all), .revoked = with_all(without(initial, present), all)};
}

model::Privileges additional_privileges(const std::string& acl, const std::string& default_acl,
                                        const std::string& owner) {
    return {.granted = with_all(parse(acl, owner), number_of_privileges(parse_default(default_acl, owner), owner))};
}

model::Privileges column_privileges(const std::string& acl, const std::string& owner) {
    return {.granted = with_all(parse(acl, owner), 4)};
}

}  // namespace haetae::catalog
