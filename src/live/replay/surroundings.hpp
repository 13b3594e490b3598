// SPDX-License-Identifier: Apache-2.0
// What a database stands in: roles and their memberships, settings, other databases of the server. No schema holds
// these, no copy of a database takes them along, and a revision may change them all the same.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "connect/connection.hpp"

namespace haetae::replay {

/// Sorted lines, one a fact: "role app_user LOGIN", "role app_user is a member of readers".
struct Surroundings {
    std::vector<std::string> server{};    ///< shared by its databases
    std::vector<std::string> database{};  ///< owner, privileges, settings and comment of this one
    bool operator==(const Surroundings&) const = default;
};

/// Of the database of `connection`; databases whose names begin with `without_databases` are left out. Needs a
/// superuser. Error: HT0420, HT0421.
base::Result<Surroundings> read_surroundings(connect::Connection& connection, const std::string& without_databases);

}  // namespace haetae::replay
