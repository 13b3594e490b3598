// SPDX-License-Identifier: Apache-2.0
// One read-only query that asks the catalog whether the two roles have exactly the rights they need. Any role may run
// it. It finds what the application role can reach through memberships and PUBLIC, not only what it was given.
#pragma once

#include <string>

#include "roles/roles.hpp"

namespace haetae::roles {

/// Rows (check, object, mend): what does not hold, with a statement that mends it when its owner or an administrator
/// runs it. No row = everything holds. `check` is a key of `checks()` in proof.hpp.
std::string proof_query(const Roles& roles);

}  // namespace haetae::roles
