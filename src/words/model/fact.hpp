// SPDX-License-Identifier: Apache-2.0
// A model as a flat, sorted list of facts, one line each ("table users.accounts column id type bigint"). It is the one
// form behind the fingerprint and the readable difference: models are equal when and only when their facts are. What
// an object has without saying so (no comment, no default, storage of its type) is no fact.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "model/database.hpp"

namespace haetae::model {

struct Fact {
    std::string object;       ///< "table users.accounts column id"
    std::string attribute{};  ///< "type"; "" = that the object is there
    std::string value{};      ///< "bigint"; may hold line feeds; "" where the attribute says it all

    auto operator<=>(const Fact&) const = default;
};

/// The attribute of a column that names the column before it; the first has none. A weaker finding than all others,
/// since only `SELECT *` and `INSERT` without a column list can tell.
inline constexpr std::string_view column_order = "after";

std::vector<Fact> facts(const Database& database);

/// One line: object, attribute and value with blanks between, line feeds and other control characters escaped.
std::string line(const Fact& fact);

struct Difference {
    std::vector<Fact> only_before{};
    std::vector<Fact> only_after{};

    [[nodiscard]] bool empty() const { return only_before.empty() && only_after.empty(); }
};

/// The facts that only one of the two has, sorted. Empty when and only when before == after.
Difference difference(const Database& before, const Database& after);

/// A line a fact, "- " (only before) or "+ " in front, in the order of the facts. Of an object that only one has, one
/// line, and none of its parts.
std::string text(const Difference& difference);

}  // namespace haetae::model
