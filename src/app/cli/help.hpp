// SPDX-License-Identifier: Apache-2.0
// Help written from the verbs' own data: for the terminal, and as the Markdown pages of docs/reference/cli/.
#pragma once

#include <span>
#include <string>

#include "base/result.hpp"
#include "cli/verb.hpp"

namespace haetae::cli {

/// Every verb in its group, and the common options.
std::string program_help(std::span<const Verb* const> verbs);

/// One verb: description, arguments, options, common options, example.
std::string verb_help(const Verb& verb);

/// The same as a page of the reference.
std::string verb_page(const Verb& verb);

/// The verb of that name (one or two words). Error: HT0101.
base::Result<const Verb*> find_verb(std::span<const Verb* const> verbs, std::string_view name);

/// How it is called: `haetae upgrade [OPTIONS] [REV]`.
std::string usage_of(const Verb& verb);

}  // namespace haetae::cli
