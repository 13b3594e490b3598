// SPDX-License-Identifier: Apache-2.0
// Who may do what with an object, as the difference from what its kind grants without any GRANT. An object nobody
// granted anything on, and one whose privileges were granted and revoked back, therefore say the same, in every
// version of PostgreSQL (17 added MAINTAIN to what an owner has).
#pragma once

#include <string>
#include <vector>

namespace haetae::model {

struct Grant {
    std::string grantee;     ///< a role; "" = PUBLIC
    std::string privilege;   ///< "SELECT"; "ALL" where it is every privilege the server knows for this kind of object
    bool grantable = false;  ///< WITH GRANT OPTION
    std::string grantor{};   ///< the role that granted it; "" = the object's owner

    auto operator<=>(const Grant&) const = default;
};

struct Privileges {
    std::vector<Grant> granted{};  ///< beyond the default; sorted
    /// Of the default, but taken away: EXECUTE of a function from PUBLIC, or one of the owner's own privileges. Sorted.
    std::vector<Grant> revoked{};

    [[nodiscard]] bool are_default() const { return granted.empty() && revoked.empty(); }
    auto operator<=>(const Privileges&) const = default;
};

/// ALTER DEFAULT PRIVILEGES FOR ROLE role [IN SCHEMA schema] … ON objects.
struct DefaultPrivileges {
    std::string role;
    std::string schema{};   ///< "" = everywhere
    std::string objects{};  ///< "TABLES", "SEQUENCES", "FUNCTIONS", "TYPES", "SCHEMAS", "LARGE OBJECTS"
    /// Everywhere: the difference from the built-in default. In a schema: granted only (what comes on top).
    Privileges privileges{};

    auto operator<=>(const DefaultPrivileges&) const = default;
};

}  // namespace haetae::model
