// SPDX-License-Identifier: Apache-2.0
// As root the control folder is root's and the home below it the server user's, so that neither has to trust a link
// the other could have made.
#include "sandbox/local_place.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string_view>

#include "os/file.hpp"
#include "os/private_folder.hpp"
#include "sandbox/programs.hpp"
#include "sandbox/socket_url.hpp"

namespace haetae::sandbox {

namespace {

constexpr const char* state_folder = "/var/lib/haetae";

// "game-1f0c9e5b7a2d4c68": the name is for people, the hash of the whole path tells projects apart.
std::string name_of(const std::string& root) {
    std::string name;
    for (const char c : root.substr(root.rfind('/') + 1).substr(0, 32)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        name += plain ? c : '_';
    }
    return name + "-" + short_name(root);
}

base::Error not_ours(const base::Error& error) {
    return {.code = "HT0502", .sentence = error.sentence, .hint = error.hint};
}

base::Status control_folder(const LocalPlace& place) {
    if (place.folder.starts_with(state_folder)) {
        // Passed through by the server's user, hence not 0700; set apart from the making, for a umask would take from
        // it.
        TRY(os::make_folder(place.folder));
        ::chmod(state_folder, 0755);
        ::chmod(place.folder.c_str(), 0711);
        struct stat status {};
        if (::lstat(place.folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid != ::geteuid() ||
            (status.st_mode & 022) != 0) {
            return base::Error{.code = "HT0502",
                               .sentence = fmt::format("{} is not a folder of root's alone", place.folder),
                               .hint = "remove or rename what stands there"};
        }
        return os::write_file(os::join(place.folder, "project"), place.root + "\n");
    }
    TRY(os::make_folder(place.folder));
    const auto ignore = os::join(place.folder, ".gitignore");
    if (!os::is_file(ignore)) TRY(os::write_file(ignore, "*\n"));
    return base::Done{};
}

}  // namespace

base::Result<LocalPlace> local_place(const std::string& root) {
    auto user = TRY(server_user());
    LocalPlace place{.root = os::absolute(root), .folder = "", .user = std::move(user)};
    place.folder = ::geteuid() == 0 ? os::join(state_folder, name_of(place.root)) : os::join(place.root, ".haetae");
    return place;
}

base::Status prepare_place(const LocalPlace& place) {
    auto made = control_folder(place);
    if (!made) return not_ours(made.error());
    auto home = os::private_folder(place.home(), place.user);
    if (!home) return not_ours(home.error());
    return base::Done{};
}

}  // namespace haetae::sandbox
