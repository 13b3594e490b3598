// SPDX-License-Identifier: Apache-2.0
// The statements that make the two roles and give them their rights. They need no client's variables, no superuser (one
// who may create roles and owns the database is enough, on every version from 13 on), and may be run again at any time.
#pragma once

#include <chrono>
#include <string>

#include "roles/roles.hpp"

namespace haetae::roles {

/// What becomes of one role's password.
struct Password {
    std::string verifier{};     ///< as pg_authid keeps it, "SCRAM-SHA-256$…"; "" = none
    bool only_for_new = false;  ///< a role that is there keeps the password it has
};

struct Passwords {
    Password migration{};
    Password app{};
};

/// For the administrator: the roles, their rights on the database, the schemas, and what lies in them becomes the
/// migration role's. Inside a transaction of the caller's; ends with the session acting as the migration role, so that
/// what follows belongs to it. The server raises HT006 where a role is one that nobody should take for this.
std::string foundation_sql(const Roles& roles, const Passwords& passwords, std::chrono::milliseconds lock_timeout);

/// For whoever owns the objects: the application's rights on the books.
std::string ledger_rights_sql(const Roles& roles);

/// For whoever owns the objects: the application's rights on what there is in the schemas of `domains`, some or all of
/// those of `roles`, and on what the current role will make there; version tables are only read. Schemas that are not
/// there are passed over, and all of it where the application role does not exist.
std::string domain_rights_sql(const Roles& roles, const std::vector<settings::Domain>& domains);

/// The whole, to be pasted: one transaction.
std::string whole_script(const Roles& roles, const Passwords& passwords, std::chrono::milliseconds lock_timeout);

}  // namespace haetae::roles
