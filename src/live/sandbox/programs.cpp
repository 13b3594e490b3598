// SPDX-License-Identifier: Apache-2.0
// Debian keeps the server's programs out of PATH, one folder a major version, so looking in PATH is not enough.
#include "sandbox/programs.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "os/environment.hpp"
#include "os/file.hpp"
#include "os/process.hpp"

namespace haetae::sandbox {

namespace {

bool has_programs(const std::string& folder) {
    const auto is_program = [&](const char* name) {
        const auto path = os::join(folder, name);
        return os::is_file(path) && ::access(path.c_str(), X_OK) == 0;
    };
    return is_program("postgres") && is_program("initdb");
}

struct Installed {
    int major = 0;
    std::string folder;
};

void add_installed(std::vector<Installed>& found, const std::string& parent, std::string_view prefix) {
    const auto names = os::list_folder(parent);
    if (!names) return;
    for (const auto& name : *names) {
        if (!name.starts_with(prefix)) continue;
        int major = 0;
        std::from_chars(name.data() + prefix.size(), name.data() + name.size(), major);
        const auto folder = os::join(os::join(parent, name), "bin");
        if (major > 0 && has_programs(folder)) found.push_back({major, folder});
    }
}

// Newest first.
std::vector<Installed> installed() {
    std::vector<Installed> found;
    add_installed(found, "/usr/lib/postgresql", "");
    add_installed(found, "/usr", "pgsql-");
    std::stable_sort(found.begin(), found.end(),
                     [](const Installed& a, const Installed& b) { return a.major > b.major; });
    return found;
}

std::optional<std::string> folder_of_pg_config() {
    if (!os::find_program("pg_config")) return std::nullopt;
    const auto finished = os::run({.program = "pg_config", .arguments = {"--bindir"}}, std::chrono::seconds(10));
    if (!finished || finished->exit_code != 0) return std::nullopt;
    const auto folder = finished->output.substr(0, finished->output.find('\n'));
    return has_programs(folder) ? std::optional(folder) : std::nullopt;
}

std::optional<std::string> folder_in_path() {
    const auto initdb = os::find_program("initdb");
    if (!initdb) return std::nullopt;
    const auto folder = initdb->substr(0, initdb->rfind('/'));
    return has_programs(folder) ? std::optional(folder) : std::nullopt;
}

bool is_of_version(const std::string& folder, const std::string& major_version) {
    const auto finished =
        os::run({.program = os::join(folder, "postgres"), .arguments = {"--version"}}, std::chrono::seconds(10));
    if (!finished || finished->exit_code != 0) return false;
    const auto at = finished->output.find(") ");  // "postgres (PostgreSQL) 15.18 (Debian …)"; "16beta1" as well
    if (at == std::string::npos) return false;
    int found = 0;
    int wanted = 0;
    std::from_chars(finished->output.data() + at + 2, finished->output.data() + finished->output.size(), found);
    std::from_chars(major_version.data(), major_version.data() + major_version.size(), wanted);
    return found != 0 && found == wanted;
}

}  // namespace

base::Result<Programs> find_programs() {
    const auto named = os::environment_variable("HAETAE_PG_BIN").value_or("");
    if (!named.empty()) {
        if (has_programs(named)) return Programs{named};
        return base::Error{
            .code = "HT0501",
            .sentence = fmt::format("HAETAE_PG_BIN names {}, which does not hold postgres and initdb", named),
            .hint = "name the folder of PostgreSQL's server programs, or unset HAETAE_PG_BIN"};
    }
    if (const auto folder = folder_of_pg_config()) return Programs{*folder};
    if (const auto found = installed(); !found.empty()) return Programs{found.front().folder};
    if (const auto folder = folder_in_path()) return Programs{*folder};
    return base::Error{
        .code = "HT0501",
        .sentence = "PostgreSQL's server programs (postgres, initdb) are not on this machine",
        .hint =
            "on Debian and Ubuntu an administrator installs them with: apt-get install postgresql\n"
            "(write create_main_cluster=false to /etc/postgresql-common/createcluster.conf first, and no cluster\n"
            "of the distribution's own is started). Elsewhere, name their folder in HAETAE_PG_BIN"};
}

base::Result<Programs> find_programs_of(const std::string& major_version) {
    std::vector<std::string> folders;
    if (const auto first = find_programs()) folders.push_back(first->folder);
    for (const auto& one : installed()) folders.push_back(one.folder);
    for (const auto& folder : folders) {
        if (is_of_version(folder, major_version)) return Programs{folder};
    }
    return base::Error{
        .code = "HT0505",
        .sentence = fmt::format("the project's local database was made by PostgreSQL {}, whose programs are not here",
                                major_version),
        .hint = fmt::format("install postgresql-{} again, or start afresh with: haetae local reset", major_version)};
}

base::Result<os::User> server_user() {
    const auto ourselves = os::current_user();
    if (ourselves.uid != 0) return ourselves;
    const auto named = os::environment_variable("HAETAE_PG_USER").value_or("");
    if (!named.empty()) {
        const auto user = os::find_user(named);
        if (user && user->uid != 0) return *user;
        return base::Error{.code = "HT0502",
                           .sentence = fmt::format("HAETAE_PG_USER names {}, which is {}", named,
                                                   user ? "root, as whom PostgreSQL does not run" : "no account here"),
                           .hint = "name an ordinary account"};
    }
    for (const char* name : {"postgres", "nobody"}) {
        if (const auto user = os::find_user(name)) return *user;
    }
    return base::Error{.code = "HT0502",
                       .sentence = "PostgreSQL does not run as root, and there is no account postgres or nobody",
                       .hint = "make an account for it, and name it in HAETAE_PG_USER"};
}

}  // namespace haetae::sandbox
