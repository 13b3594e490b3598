// SPDX-License-Identifier: Apache-2.0
// A template is named after everything that could make it different, built under a lock beside its place, and renamed
// into it when it is whole.
#include "sandbox/cluster_template.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <vector>

#include "os/environment.hpp"
#include "os/file.hpp"
#include "os/lock_file.hpp"
#include "os/private_folder.hpp"
#include "os/process.hpp"
#include "sandbox/postmaster.hpp"
#include "sandbox/socket_url.hpp"

namespace haetae::sandbox {

namespace {

// Raised when what run_initdb makes changes.
constexpr int format = 1;
constexpr std::chrono::seconds lock_limit{150};
constexpr std::chrono::seconds copy_limit{120};

// Small WAL segments: the first one is most of what a fresh cluster weighs.
const std::vector<std::string> initdb_options = {"--no-sync", "--wal-segsize=1"};

base::Error as_sandbox_error(base::Error error) {
    error.code = "HT0502";
    return error;
}

base::Result<std::string> cache_folder(const os::User& user) {
    if (::geteuid() == 0) {
        // /var/cache is root's alone, so nobody can have put something in the way.
        // Its mode is set apart from the making, for a umask would take from it.
        if (os::make_folder("/var/cache/haetae") && ::chmod("/var/cache/haetae", 0755) == 0) {
            const auto path = fmt::format("/var/cache/haetae/{}", user.uid);
            if (os::private_folder(path, user)) return path;
        }
    } else {
        auto parent = os::environment_variable("XDG_CACHE_HOME").value_or("");
        const auto home = os::environment_variable("HOME").value_or(user.home);
        if (!parent.starts_with('/') && home.starts_with('/')) parent = os::join(home, ".cache");
        const auto path = os::join(parent, "haetae");
        if (!parent.empty() && os::make_folder(parent, 0700) && os::private_folder(path, user)) return path;
    }
    return os::scratch_folder(user);
}

std::string template_name(const Programs& programs) {
    struct stat status {};
    ::stat(programs.postgres().c_str(), &status);
    std::string key = fmt::format("{} {} {} {} {}", format, programs.folder, status.st_size, status.st_mtim.tv_sec,
                                  status.st_mtim.tv_nsec);
    for (const auto& option : initdb_options) key += " " + option;
    return "template-" + short_name(key);
}

base::Status make_template(const Programs& programs, const os::User& user, const std::string& place) {
    const auto unfinished = place + ".new";
    TRY(os::remove_tree(unfinished));  // of a run that was killed
    TRY(run_initdb(programs, user, unfinished, initdb_options));
    if (::rename(unfinished.c_str(), place.c_str()) != 0) {
        return base::Error{
            .code = "HT0503",
            .sentence = fmt::format("cannot rename {} to {}: {}", unfinished, place, std::strerror(errno))};
    }
    return base::Done{};
}

}  // namespace

base::Status copy_template(const Programs& programs, const os::User& user, const std::string& data_folder) {
    const auto folder = cache_folder(user);
    if (!folder) return as_sandbox_error(folder.error());
    const auto place = os::join(*folder, template_name(programs));
    // Shared while copying, so that nobody throws the template away meanwhile.
    if (!os::is_folder(place)) {
        const auto lock = TRY(os::FileLock::take(*folder, os::FileLock::Kind::exclusive, lock_limit));
        if (!os::is_folder(place)) TRY(make_template(programs, user, place));
    }
    const auto lock = TRY(os::FileLock::take(*folder, os::FileLock::Kind::shared, lock_limit));
    os::Command copy{.program = "cp",
                     .arguments = {"--archive", "--reflink=auto", "--", place, data_folder},
                     .working_folder = *folder};
    if (user.uid != ::geteuid()) copy.run_as = user;
    const auto finished = TRY(os::run(copy, copy_limit).in("while a cluster was copied from its template"));
    if (finished.exit_code == 0) return base::Done{};
    return base::Error{.code = "HT0503",
                       .sentence = fmt::format("cannot copy the cluster template {} to {}", place, data_folder),
                       .hint = "cp said:\n" + finished.output};
}

base::Status discard_template(const Programs& programs, const os::User& user) {
    const auto folder = cache_folder(user);
    if (!folder) return as_sandbox_error(folder.error());
    const auto lock = TRY(os::FileLock::take(*folder, os::FileLock::Kind::exclusive, lock_limit));
    return os::remove_tree(os::join(*folder, template_name(programs)));
}

}  // namespace haetae::sandbox
