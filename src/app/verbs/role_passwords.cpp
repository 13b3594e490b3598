// SPDX-License-Identifier: Apache-2.0
// A made password has 192 bits from the system, in letters that no URL needs to escape.
#include "verbs/role_passwords.hpp"

#include <fmt/format.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/bug.hpp"
#include "connect/password.hpp"
#include "project/finder.hpp"

namespace haetae::verbs {

namespace {

std::string made_password() {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::array<unsigned char, 32> bytes{};
    while (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        BUG_IF(errno != EINTR, "getrandom with no flags fails for a signal only");
    }
    std::string password;
    for (const auto byte : bytes) password += letters[byte % letters.size()];
    return password;
}

base::Result<std::string> verifier_of(const std::string& password, const std::string& role) {
    auto verifier = connect::scram_verifier(password);
    if (!verifier.empty()) return verifier;
    return base::Error{.code = "HT0745",
                       .sentence = "libpq made no SCRAM verifier of the password of role " + role,
                       .hint = "haetae --version -v names the libpq in use; nothing was changed"};
}

}  // namespace

base::Result<RolePasswords> choose_passwords(const settings::Settings& settings, const roles::Roles& roles,
                                             const std::vector<std::string>& new_roles, const cli::Talk& talk) {
    RolePasswords chosen;
    struct Wanted {
        const std::string& role;
        std::string_view variable;
        roles::Password& password;
    };
    for (const auto& wanted : {Wanted{roles.migration, "HAETAE_MIGRATION_PASSWORD", chosen.verifiers.migration},
                               Wanted{roles.app, "HAETAE_APP_PASSWORD", chosen.verifiers.app}}) {
        const auto given = TRY(project::variable(settings, wanted.variable));
        if (given && given->empty()) {
            return base::Error{
                .code = "HT0744",
                .sentence = fmt::format("{} is set but empty", wanted.variable),
                .hint = fmt::format("a secret that is missing looks like this; set it to the password of "
                                    "{}, or unset it",
                                    wanted.role)};
        }
        if (given) {
            wanted.password.verifier = TRY(verifier_of(*given, wanted.role));
            chosen.set.push_back(wanted.role);
        } else if (std::find(new_roles.begin(), new_roles.end(), wanted.role) == new_roles.end()) {
            continue;
        } else if (!talk.manner().terminal) {
            chosen.without.push_back(wanted.role);
        } else {
            const auto password = made_password();
            wanted.password = {.verifier = TRY(verifier_of(password, wanted.role)), .only_for_new = true};
            chosen.made_.push_back(fmt::format("{}: {}", wanted.role, password));
        }
    }
    return chosen;
}

}  // namespace haetae::verbs
