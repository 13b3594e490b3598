// SPDX-License-Identifier: Apache-2.0
// haetae.toml as settings: what stands in the file, defaults filled in, each value checked by itself. What needs the
// disk or several domains at once comes after (domain_set).
#pragma once

#include <optional>
#include <vector>

#include "base/result.hpp"
#include "project/toml.hpp"
#include "settings/settings.hpp"

namespace haetae::project {

/// A domain of the file, with the places that later complaints point to.
struct DomainEntry {
    settings::Domain domain;
    base::SourceSpan place;  ///< its name; no file where it was found as a folder only
    std::optional<base::SourceSpan> depends_on_place{};
};

struct ConfigFile {
    settings::Settings settings{};  ///< without root and domains
    std::vector<DomainEntry> domains{};
};

/// Errors: HT0303 not TOML, HT0304 unknown key, HT0305 wrong type or value, HT0306 a name that a domain or an
/// environment cannot have, HT0314 a password in the URL of a protected environment, HT0401 and HT0402 its URL.
base::Result<ConfigFile> read_config(const TomlFile& file);

}  // namespace haetae::project
