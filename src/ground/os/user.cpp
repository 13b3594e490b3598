// SPDX-License-Identifier: Apache-2.0
// The account database by its re-entrant calls.
#include "os/user.hpp"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

namespace haetae::os {

namespace {

User from_entry(const passwd& entry) {
    return {.uid = entry.pw_uid, .gid = entry.pw_gid, .name = entry.pw_name, .home = entry.pw_dir};
}

bool may_pass(const User& user, const std::string& folder) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) return false;
    if (user.uid == 0) return true;
    if (status.st_uid == user.uid) return (status.st_mode & S_IXUSR) != 0;
    if (status.st_gid == user.gid) return (status.st_mode & S_IXGRP) != 0;
    return (status.st_mode & S_IXOTH) != 0;
}

}  // namespace

User current_user() {
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 4096> space{};
    if (::getpwuid_r(::geteuid(), &entry, space.data(), space.size(), &found) == 0 && found != nullptr) {
        auto user = from_entry(entry);
        user.gid = ::getegid();
        return user;
    }
    return {.uid = ::geteuid(), .gid = ::getegid(), .name = "", .home = ""};
}

std::optional<User> find_user(const std::string& name) {
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 4096> space{};
    if (::getpwnam_r(name.c_str(), &entry, space.data(), space.size(), &found) != 0 || found == nullptr) return {};
    return from_entry(entry);
}

bool can_enter(const User& user, const std::string& path) {
    if (path.empty() || path.front() != '/') return false;
    for (std::size_t end = 1; end != std::string::npos; end = path.find('/', end + 1)) {
        if (!may_pass(user, path.substr(0, end))) return false;
    }
    return may_pass(user, path);
}

}  // namespace haetae::os
