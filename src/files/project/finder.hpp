// SPDX-License-Identifier: Apache-2.0
// From where one stands to the project: haetae.toml is found upward; its folder is the root; standing inside a domain's
// folder means that domain.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "settings/settings.hpp"

namespace haetae::project {

struct Project {
    settings::Settings settings;
    std::optional<graph::DomainName> standing_in{};  ///< the domain whose folder `from` lies in
};

/// Finds and reads the project that holds the folder `from` (absolute or relative to the working directory).
/// Errors: HT0301 no haetae.toml in `from` or above; HT03xx for what it says (file, line, column, nearest key).
base::Result<Project> open_project(std::string_view from);

/// A variable as the project sees it: the process environment first, then `.env` beside haetae.toml. Absent = unset in
/// both; "" = set but empty. Errors: a malformed `.env` line, with its place.
base::Result<std::optional<std::string>> variable(const settings::Settings& settings, std::string_view name);

}  // namespace haetae::project
