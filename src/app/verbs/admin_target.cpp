// SPDX-License-Identifier: Apache-2.0
// A variable that is set but empty stays an error: that is how a missing secret looks.
#include "verbs/admin_target.hpp"

#include <fmt/format.h>

#include "project/finder.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

base::Result<target::Target> find_admin_target(const settings::Settings& settings, const cli::Given& given,
                                               cli::Talk& talk) {
    const auto environment = given.value("--env").value_or("local");
    const auto found = settings.environments.find(environment);
    const auto name = found == settings.environments.end() ? std::nullopt : found->second.admin_url_env;
    if (given.has("--url") || !name) return find_target(settings, given, talk);
    if (!TRY(project::variable(settings, *name))) {
        talk.note(fmt::format("{}, the administrator's URL, is not set; the environment's own URL is used", *name));
        return find_target(settings, given, talk);
    }
    auto target = TRY(target::find_target(settings, {.environment = environment, .url = "env:" + *name}));
    for (const auto& note : target.notes) talk.note(note);
    return target;
}

}  // namespace haetae::verbs
