// SPDX-License-Identifier: Apache-2.0
// A project's configuration as one value: what haetae.toml says, defaults filled in. Reading it is files/project's work.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "graph/revision.hpp"

namespace haetae::settings {

/// One row of `[domain.NAME]`, or a folder under `migrations` that has versions/.
struct Domain {
    graph::DomainName name;
    std::string folder;  ///< relative to the project root: "migrations/users"
    std::string schema;  ///< where its objects live; default: the domain's name
    std::string version_schema;  ///< default: `schema`
    std::string version_table = "alembic_version";
    std::optional<std::string> search_path{};  ///< as SET search_path takes it; absent: the role's and database's own
    std::vector<graph::DomainName> depends_on{};
    bool deprecated = false;  ///< upgraded like any other; `revision` refuses to add to it
    bool planned = false;     ///< its folder may be missing
};

/// Limits on waiting; every one of them can be set in `[env.NAME]`.
struct Limits {
    std::chrono::milliseconds lock_timeout{3000};                   ///< statements that others queue behind
    std::chrono::milliseconds concurrent_lock_timeout{300000};      ///< CONCURRENTLY and VALIDATE
    std::chrono::milliseconds statement_timeout{900000};            ///< not for CONCURRENTLY and VALIDATE
    std::chrono::milliseconds migrator_wait{600000};                ///< for another migrator to finish
    std::chrono::milliseconds connect_timeout{10000};
    int retries = 10;  ///< of a whole transaction, after a lock timeout, deadlock or serialization failure
};

/// One row of `[env.NAME]`.
struct Environment {
    std::string name = "local";
    std::string url_env = "DATABASE_URL";
    std::optional<std::string> app_url_env{};
    std::optional<std::string> admin_url_env{};
    bool is_protected = false;
    std::optional<std::string> migration_role{};
    std::optional<std::string> app_role{};
    Limits limits{};
};

struct Settings {
    std::string root;                      ///< absolute folder of haetae.toml
    std::string migrations = "migrations";  ///< relative to root
    std::string ledger_schema = "haetae";
    std::vector<Domain> domains{};  ///< in dependency order: a domain stands after those it depends on, else by name
    std::map<std::string, Environment> environments{};  ///< always holds "local"
    std::vector<std::string> notes{};  ///< said once to the user on stderr

    [[nodiscard]] const Domain* find_domain(const graph::DomainName& name) const;
};

}  // namespace haetae::settings
