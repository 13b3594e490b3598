// SPDX-License-Identifier: Apache-2.0
// Where the passwords of the two roles come from: HAETAE_MIGRATION_PASSWORD and HAETAE_APP_PASSWORD, or, on a terminal,
// made here and shown once. Only what a server keeps of them (a SCRAM verifier) goes any further.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cli/talk.hpp"
#include "roles/role_sql.hpp"

namespace haetae::verbs {

struct RolePasswords {
    roles::Passwords verifiers{};
    std::vector<std::string> set{};      ///< roles whose password a variable holds
    std::vector<std::string> without{};  ///< new roles that get none, because there is no terminal to show one on

    /// A line for each password that was made here: to be shown once, to a terminal, when it counts.
    [[nodiscard]] const std::vector<std::string>& to_show() const { return made_; }

 private:
    std::vector<std::string> made_{};
    friend base::Result<RolePasswords> choose_passwords(const settings::Settings& settings, const roles::Roles& roles,
                                                        const std::vector<std::string>& new_roles,
                                                        const cli::Talk& talk);
};

/// `new_roles`: those that may have to be made. A role that is there keeps its password, unless its variable is set.
/// Errors: HT0744 a variable is set but empty; HT0745 libpq made no verifier; those of project::variable.
base::Result<RolePasswords> choose_passwords(const settings::Settings& settings, const roles::Roles& roles,
                                             const std::vector<std::string>& new_roles, const cli::Talk& talk);

}  // namespace haetae::verbs
