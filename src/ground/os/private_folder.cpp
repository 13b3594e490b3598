// SPDX-License-Identifier: Apache-2.0
// A folder is made, opened without following links, and only then given away and looked at.
#include "os/private_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "os/environment.hpp"
#include "os/file.hpp"

namespace haetae::os {

namespace {

// Sockets lie below: the address of a unix socket holds 107 bytes.
constexpr std::size_t base_bytes_max = 50;

base::Error folder_error(const std::string& path, const std::string& why) {
    return {.code = "HT0913",
            .sentence = fmt::format("cannot use the folder {}: {}", path, why),
            .hint = "remove or rename what stands there, or name another place with TMPDIR"};
}

base::Status give_to(const std::string& path, const User& owner) {
    const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0) return folder_error(path, std::strerror(errno));
    const bool given = owner.uid == ::geteuid() || ::fchown(folder, owner.uid, owner.gid) == 0;
    const int error_number = errno;
    ::close(folder);
    if (!given) return folder_error(path, std::strerror(error_number));
    return base::Done{};
}

bool belongs_to(const std::string& path, const User& owner) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == owner.uid &&
           (status.st_mode & 077) == 0;
}

}  // namespace

base::Status private_folder(const std::string& path, const User& owner) {
    if (::mkdir(path.c_str(), 0700) == 0) {
        TRY(give_to(path, owner));
    } else if (errno != EEXIST) {
        return folder_error(path, std::strerror(errno));
    }
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) return folder_error(path, std::strerror(errno));
    if (!S_ISDIR(status.st_mode)) return folder_error(path, "it is not a folder");
    if (status.st_uid != owner.uid) {
        return folder_error(path, fmt::format("it belongs to user {}, not to {}", status.st_uid, owner.uid));
    }
    if ((status.st_mode & 077) != 0) {
        return folder_error(path, fmt::format("others may enter it (mode {:04o}, not 0700)", status.st_mode & 07777));
    }
    return base::Done{};
}

base::Result<std::string> new_private_folder(const std::string& parent, const std::string& prefix, const User& owner) {
    std::string path = join(parent, prefix + "XXXXXX");
    if (::mkdtemp(path.data()) == nullptr) return folder_error(path, std::strerror(errno));
    TRY(give_to(path, owner));
    return path;
}

base::Result<std::string> runtime_folder(const User& owner) {
    const auto own = environment_variable("XDG_RUNTIME_DIR").value_or("");
    if (own.starts_with('/') && own.size() <= base_bytes_max && belongs_to(own, owner)) {
        const auto path = join(own, "haetae");
        if (private_folder(path, owner)) return path;
    }
    const auto path = fmt::format("/tmp/haetae-{}", owner.uid);
    TRY(private_folder(path, owner));
    return path;
}

base::Result<std::string> scratch_folder(const User& owner) {
    const auto wanted = environment_variable("TMPDIR").value_or("");
    const bool usable = wanted.starts_with('/') && wanted.size() <= base_bytes_max && can_enter(owner, wanted);
    const auto path = join(usable ? wanted : "/tmp", fmt::format("haetae-{}", owner.uid));
    TRY(private_folder(path, owner));
    return path;
}

base::Status remove_tree(const std::string& path) {
    std::error_code error;
    std::filesystem::remove_all(path, error);
    if (!error) return base::Done{};
    return base::Error{.code = "HT0903", .sentence = fmt::format("cannot remove {}: {}", path, error.message())};
}

}  // namespace haetae::os
