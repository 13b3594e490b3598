// SPDX-License-Identifier: Apache-2.0
// A project's configuration as one value: what haetae.toml says, defaults filled in. Reading it is files/project's
// work. Every key of docs/reference/project-file.md has its field here, also those that wait for their verb.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/revision.hpp"

namespace haetae::settings {

/// Where a domain's desired schema comes from, for `revision --autogenerate`.
struct Desired {
    enum class Source {
        file,     ///< an SQL file or a folder of them, relative to the project root
        command,  ///< a shell command that makes the schema in the empty database of DATABASE_URL
        url_env,  ///< the variable that holds the URL of a database that has it
    };
    Source source = Source::file;
    std::string value{};
    bool operator==(const Desired&) const = default;
};

/// One row of `[domain.NAME]`, or a folder under `migrations` that has versions/.
struct Domain {
    graph::DomainName name;
    std::string folder;          ///< relative to the project root: "migrations/users"
    std::string schema;          ///< where its objects live; default: the domain's name
    std::string version_schema;  ///< default: `schema`
    std::string version_table = "alembic_version";
    std::optional<std::string> search_path{};  ///< as SET search_path takes it; absent: the role's and database's own
    std::vector<graph::DomainName> depends_on{};
    bool deprecated = false;  ///< upgraded like any other; `revision` refuses to add to it
    bool planned = false;     ///< its folder may be missing
    std::optional<Desired> desired{};
    bool operator==(const Domain&) const = default;
};

/// Limits on waiting; every one of them can be set in `[env.NAME]`. 0 = no limit.
struct Limits {
    std::chrono::milliseconds lock_timeout{3000};               ///< statements that others queue behind
    std::chrono::milliseconds concurrent_lock_timeout{300000};  ///< CONCURRENTLY and VALIDATE
    std::chrono::milliseconds statement_timeout{900000};        ///< not for CONCURRENTLY and VALIDATE
    std::chrono::milliseconds migrator_wait{600000};  ///< for another migrator to finish; 0 = do not wait at all
    std::chrono::milliseconds connect_timeout{10000};
    int retries = 10;  ///< of a whole transaction, after a lock timeout, deadlock or serialization failure
    bool operator==(const Limits&) const = default;
};

/// `backup = { … }` of an environment.
struct Backup {
    enum class Mode { full, domains, schema, command, off };
    enum class Verify { none, checksum, restored };
    Mode mode = Mode::full;
    std::string directory = "backups";     ///< relative to the project root, or absolute
    std::optional<std::string> command{};  ///< for Mode::command
    Verify verify = Verify::restored;
    int keep = 10;  ///< how many backups `backup prune` leaves
    bool operator==(const Backup&) const = default;
};

/// One row of `[env.NAME]`.
struct Environment {
    std::string name = "local";
    std::string url_env = "DATABASE_URL";  ///< "" where `url` stands in the file instead
    std::optional<std::string> url{};      ///< as written in haetae.toml; without a password when `is_protected`
    std::optional<std::string> app_url_env{};
    std::optional<std::string> admin_url_env{};
    bool is_protected = false;
    std::optional<std::string> migration_role{};
    std::optional<std::string> app_role{};
    bool allow_down = false;      ///< on a protected database: may revisions be undone?
    bool allow_contract = false;  ///< on a protected database: may revisions take away what old code uses?
    Limits limits{};
    std::optional<Backup> backup{};
    bool operator==(const Environment&) const = default;
};

/// `[ci]`: the variables in which a CI system says which run this is, where it is one that is not known by itself.
struct Ci {
    std::string run_env{};     ///< the run, best as a URL
    std::string actor_env{};   ///< who started it
    std::string commit_env{};  ///< what it runs
    [[nodiscard]] bool is_set() const { return !run_env.empty(); }
    bool operator==(const Ci&) const = default;
};

/// `[lint]`.
struct Lint {
    enum class Severity { off, note, warning, error };
    std::optional<int> postgres{};  ///< oldest major version to judge for, 13 to 18
    std::vector<std::string> ignore{};
    std::map<std::string, Severity> severity{};
    bool operator==(const Lint&) const = default;
};

/// `[sandbox]`: what throw-away servers need besides the revisions.
struct Sandbox {
    std::vector<std::string> roles{};  ///< that revisions name and neither they nor the environments declare
    bool operator==(const Sandbox&) const = default;
};

struct Settings {
    std::string root;                       ///< absolute folder of haetae.toml
    std::string migrations = "migrations";  ///< relative to root
    std::string ledger_schema = "haetae";
    std::vector<Domain> domains{};  ///< in dependency order: a domain stands after those it depends on, else by name
    std::map<std::string, Environment> environments{};  ///< always holds "local"
    Ci ci{};
    Lint lint{};
    Sandbox sandbox{};
    std::vector<std::string> notes{};  ///< said once to the user on stderr

    [[nodiscard]] const Domain* find_domain(const graph::DomainName& name) const;
};

/// What keeps `text` from being the name of a domain (a folder, a default schema and the first half of `domain:ID`) or
/// of an environment, as the end of a sentence ("holds a '/'"); empty when nothing does.
std::string wrong_name(std::string_view text);

}  // namespace haetae::settings
