// SPDX-License-Identifier: Apache-2.0
// As whom a session works, and whether it could make itself a superuser: what the gate asks of it.
#pragma once

#include <string>

#include "base/result.hpp"
#include "connect/connection.hpp"

namespace haetae::protect {

struct SessionRole {
    std::string database;
    std::string role;           ///< current_user
    std::string session_role;   ///< session_user: who logged in
    bool is_superuser = false;  ///< one of the two, or a role that they are a member of
};

/// One round trip; writes nothing.
base::Result<SessionRole> read_session_role(connect::Connection& connection);

}  // namespace haetae::protect
