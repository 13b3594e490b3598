// SPDX-License-Identifier: Apache-2.0
// Who a session is, where it stands, and what it may do to the project's domains: asked, never inferred from a URL.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "connect/connection.hpp"
#include "settings/settings.hpp"

namespace haetae::protect {

/// What the role may do in one domain's schema.
struct DomainRights {
    graph::DomainName domain;
    std::string schema;
    bool schema_exists = false;
    bool may_use = false;     ///< USAGE
    bool may_create = false;  ///< CREATE: tables, views, functions
    std::size_t tables = 0;
    std::size_t readable = 0;  ///< tables with SELECT
    std::size_t writable = 0;  ///< tables with INSERT, UPDATE and DELETE
};

struct Identity {
    std::string role;          ///< current_user
    std::string session_role;  ///< session_user: who logged in
    std::string database;
    std::string server_version;  ///< "15.18"
    std::string address;         ///< "127.0.0.1:5432", or "unix socket"
    bool is_standby = false;
    bool is_read_only = false;
    bool is_superuser = false;
    bool may_create_schemas = false;         ///< CREATE on the database
    std::vector<std::string> attributes{};   ///< of the role: "CREATEROLE", "CREATEDB", "BYPASSRLS", "REPLICATION"
    std::vector<std::string> memberships{};  ///< other roles it may act as, sorted
    std::vector<DomainRights> domains{};
};

/// Three round trips; writes nothing.
base::Result<Identity> read_identity(connect::Connection& connection, std::span<const settings::Domain> domains);

}  // namespace haetae::protect
