// SPDX-License-Identifier: Apache-2.0
// A variable that is set but empty stays an error: that is how a missing secret looks.
#include "verbs/admin_target.hpp"

#include <fmt/format.h>

#include "project/finder.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

base::Result<AdminTarget> find_admin_target(const settings::Settings& settings, const cli::Given& given,
                                            cli::Talk& talk) {
    const auto found = settings.environments.find(given.value("--env").value_or("local"));
    const auto name = found == settings.environments.end() ? std::nullopt : found->second.admin_url_env;
    if (!name) return AdminTarget{.target = TRY(find_target(settings, given, talk))};
    const auto by_option = "env:" + *name;
    if (const auto url = given.value("--url")) {
        return AdminTarget{.target = TRY(find_target(settings, given, talk)), .is_administrator = *url == by_option};
    }
    if (!TRY(project::variable(settings, *name))) {
        talk.note(fmt::format("{}, the administrator's URL, is not set; the environment's own URL is used", *name));
        return AdminTarget{.target = TRY(find_target(settings, given, talk))};
    }
    auto chosen = given;
    chosen.options["--url"] = {by_option};
    return AdminTarget{.target = TRY(find_target(settings, chosen, talk)), .is_administrator = true};
}

}  // namespace haetae::verbs
