// SPDX-License-Identifier: Apache-2.0
// Writing haetae.toml: the text of a new one, and a domain added to one that people have edited. The second works on
// the text, so that comments, order and spelling of everything else stay as they are.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "settings/settings.hpp"

namespace haetae::project {

struct NewDomain {
    graph::DomainName name;
    std::optional<std::string> schema{};  ///< where it differs from the name
    std::vector<graph::DomainName> depends_on{};
};

/// The text of the haetae.toml that `init` writes: every line but the local environment is a comment that explains a
/// key.
std::string fresh_project_file();

/// `text` with a `[domain.NAME]` entry after the last one. Errors: HT0306 a name that no domain can have, HT0313 it
/// stands there already, or it cannot be added to a file written this way; HT0303 `text` is not TOML.
base::Result<std::string> with_domain(std::string_view text, const NewDomain& domain);

/// Adds the entry to the project's haetae.toml. The file is replaced at once or not at all. Errors as with_domain, and
/// HT0901 to HT0903.
base::Status add_domain(const settings::Settings& settings, const NewDomain& domain);

}  // namespace haetae::project
