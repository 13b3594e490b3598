// SPDX-License-Identifier: Apache-2.0
// What is judged of a server and of the role we have on it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "outcome/check_line.hpp"
#include "settings/settings.hpp"

namespace haetae::checkup {

using Lines = std::vector<outcome::CheckLine>;

struct SchemaFacts {
    graph::DomainName domain;
    std::string schema;
    bool exists = false;
    bool may_create = false;  ///< USAGE and CREATE
};

struct LimitFacts {
    std::string name;   ///< "statement_timeout"
    std::string value;  ///< "2min"
};

struct ExtensionFacts {
    std::string name;
    bool is_available = false;  ///< its files are on the server
    bool is_installed = false;  ///< in this database
    bool is_trusted = false;    ///< CREATE on the database is enough to make it
};

struct ServerFacts {
    std::string role;
    std::string database;
    std::string address;         ///< "127.0.0.1:5432", or "unix socket"
    std::string server_version;  ///< "15.18"
    bool is_superuser = false;
    bool is_standby = false;
    bool is_read_only = false;
    bool may_create_schemas = false;
    bool is_supabase = false;
    std::vector<SchemaFacts> schemas{};
    std::vector<LimitFacts> limits{};          ///< those that are in force
    std::vector<ExtensionFacts> extensions{};  ///< those that the revisions create
};

/// Who we are, the rights by domain, limits, extensions.
Lines judge_server(const ServerFacts& facts, const settings::Environment& environment);

/// Domains in schemas that belong to the platform (Supabase: auth, storage, realtime …): a failure there, elsewhere a
/// warning.
Lines judge_schema_names(const std::vector<settings::Domain>& domains, bool is_supabase);

struct Versions {
    int server = 0;                   ///< 150018; 0 = not known
    int client = 0;                   ///< libpq's
    int grammar = 0;                  ///< the one that statements are read by
    std::optional<int> pg_dump = {};  ///< its major version; absent where there is none
};
Lines judge_versions(const Versions& versions);

}  // namespace haetae::checkup
