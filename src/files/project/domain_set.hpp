// SPDX-License-Identifier: Apache-2.0
// The domains of a project as a whole: entries of haetae.toml and folders on disk put together, checked against each
// other, and put into the order in which they are upgraded.
#pragma once

#include "base/result.hpp"
#include "project/config_file.hpp"
#include "settings/settings.hpp"

namespace haetae::project {

/// Fills `settings.domains` of `config` from its entries and the folders below `root`, which hold versions/.
/// Errors: HT0306 a folder's name that no domain can have, HT0307 depends_on an unknown domain, HT0308 a cycle (named),
/// HT0309 two domains with one version table, HT0310 a missing folder, HT0311 a folder that leads out of the project.
base::Result<settings::Settings> settle_domains(const std::string& root, ConfigFile config);

}  // namespace haetae::project
