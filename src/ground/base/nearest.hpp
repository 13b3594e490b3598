// SPDX-License-Identifier: Apache-2.0
// "Did you mean …": the name nearest to a mistyped one, for verbs, options, keys and headers alike.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace haetae::base {

/// The candidate that `word` was probably meant to be: the fewest letters inserted, removed, replaced or swapped with a
/// neighbour, case aside; the first of equals. Nothing where even the best differs in more than a third of its letters.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace haetae::base
