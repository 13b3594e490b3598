// SPDX-License-Identifier: Apache-2.0
// The database as its administrator reaches it, for what the migration role may not do.
#pragma once

#include "base/result.hpp"
#include "cli/talk.hpp"
#include "cli/verb.hpp"
#include "settings/settings.hpp"
#include "target/target.hpp"

namespace haetae::verbs {

struct AdminTarget {
    target::Target target;
    bool is_administrator = false;  ///< it is the URL that the environment's admin_url_env names
};

/// --url where it is given; else the variable that the environment's admin_url_env names; else, with a note where such
/// a variable is named but not set, the environment's own URL. Errors: those of find_target.
base::Result<AdminTarget> find_admin_target(const settings::Settings& settings, const cli::Given& given,
                                            cli::Talk& talk);

}  // namespace haetae::verbs
