// SPDX-License-Identifier: Apache-2.0
// "Did you mean …?": which known word someone meant who wrote an unknown one.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace haetae::base {

/// Letters to insert, delete or replace to make `a` from `b`; bytes, letter case counts.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The word nearest to `written`, ASCII letter case ignored, `-` and `_` alike; the first of equals. Empty when more
/// than a third of `written` would have to change, or when it is longer than 64 bytes.
std::string_view nearest_word(std::string_view written, std::span<const std::string_view> known);

}  // namespace haetae::base
