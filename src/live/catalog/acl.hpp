// SPDX-License-Identifier: Apache-2.0
// Access control lists as the catalogs hold them (manual, 5.7 "Privileges") into what somebody granted or revoked.
#pragma once

#include <string>

#include "model/privilege.hpp"

namespace haetae::catalog {

/// Both are aclitem arrays as text: {admin=arwdDxt/admin,"""a b""=r*/admin"}. `acl` "" means that nobody ever granted
/// anything. In `default_acl`, that of the object's kind (acldefault), the grantor stands for the owner, and what the
/// grantor has is every privilege there is.
model::Privileges privileges(const std::string& acl, const std::string& default_acl, const std::string& owner);

/// What default privileges in one schema add: `acl` against nothing. `default_acl` only says what ALL is.
model::Privileges additional_privileges(const std::string& acl, const std::string& default_acl,
                                        const std::string& owner);

/// Of a column: nothing is granted by default, and ALL is SELECT, INSERT, UPDATE and REFERENCES.
model::Privileges column_privileges(const std::string& acl, const std::string& owner);

}  // namespace haetae::catalog
