// SPDX-License-Identifier: Apache-2.0
// The two roles of a project held against the database: by what its catalog says, and by what it does when the
// application's own session tries.
#pragma once

#include "base/result.hpp"
#include "connect/connection.hpp"
#include "roles/proof.hpp"

namespace haetae::protect {

/// One read-only query; any role may ask.
base::Result<roles::Proof> read_role_proof(connect::Connection& connection, const roles::Roles& roles);

/// Which database of which server a session is in, as a text that only compares.
base::Result<std::string> read_whereabouts(connect::Connection& connection);

/// Tries, on a connection by the application's URL, in one transaction that is rolled back and never waits long for a
/// lock: CREATE TABLE in every domain's schema, which must be refused for want of the right; EXPLAIN of SELECT, INSERT,
/// UPDATE and DELETE on every table, which asks for the rights and touches no row, sequence or trigger; EXPLAIN of what
/// writes version tables and the ledger, which must be refused. No table that exists is altered or dropped. Works
/// through a transaction pooler. `place`: where the session must be. Errors: HT0420, HT0421 where the session itself
/// gives out.
base::Result<std::vector<roles::Check>> attempt_as_app(connect::Connection& connection, const roles::Roles& roles,
                                                       const std::string& place);

}  // namespace haetae::protect
