// SPDX-License-Identifier: Apache-2.0
// Membership counts whatever INHERIT says: SET ROLE is enough.
#include "protect/session_role.hpp"

namespace haetae::protect {

base::Result<SessionRole> read_session_role(connect::Connection& connection) {
    const auto rows = TRY(connection.simple(R"(
SELECT pg_catalog.current_database(), CURRENT_USER, SESSION_USER,
       EXISTS (SELECT FROM pg_catalog.pg_roles AS r WHERE r.rolsuper
               AND (pg_catalog.pg_has_role(CURRENT_USER, r.oid, 'MEMBER')
                    OR pg_catalog.pg_has_role(SESSION_USER, r.oid, 'MEMBER'))))"));
    return SessionRole{.database = rows.text(0, 0),
                       .role = rows.text(0, 1),
                       .session_role = rows.text(0, 2),
                       .is_superuser = rows.is_true(0, 3)};
}

}  // namespace haetae::protect
