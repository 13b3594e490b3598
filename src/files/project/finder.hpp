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

inline constexpr std::string_view project_file_name = "haetae.toml";

struct Project {
    settings::Settings settings;
    std::optional<graph::DomainName> standing_in{};  ///< the domain whose folder `from` lies in
};

/// Finds and reads the project that holds the folder `from` (absolute or relative to the working directory).
/// Errors: HT0301 no haetae.toml in `from` or above; HT0303 to HT0311, HT0314 for what it says (file, line, column,
/// nearest key); HT0401, HT0402 for a URL in it; HT0901, HT0902 when it cannot be read. Nothing is written.
base::Result<Project> open_project(std::string_view from);

/// A variable as the project sees it: the process environment first, then `.env` beside haetae.toml. Absent = unset in
/// both, or an empty `name`; "" = set but empty. `.env` is not read when the environment has the variable.
/// Errors: HT0312 a malformed `.env` line, with its number; HT0901, HT0902 when it exists and cannot be read.
base::Result<std::optional<std::string>> variable(const settings::Settings& settings, std::string_view name);

}  // namespace haetae::project
