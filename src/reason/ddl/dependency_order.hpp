// SPDX-License-Identifier: Apache-2.0
// Puts creations in an order that PostgreSQL accepts, by what they need; where that leaves a choice, by rank, group and
// the order given. The result depends on nothing else.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "ddl/creation.hpp"
#include "model/dependency.hpp"

namespace haetae::ddl {

/// Creations that need each other, by their place in the list.
using Circle = std::vector<std::size_t>;

struct Order {
    std::vector<std::size_t> places{};  ///< of all creations, but for those in circles and behind them
    std::vector<Circle> circles{};      ///< empty = `places` is complete
};

Order dependency_order(std::span<const Creation> creations, std::span<const model::Dependency> dependencies);

/// What of the members of `circle` can be made later, added to `apart`: defaults and checks first, then views,
/// functions and range types in favour of a stand-in. False where nothing is left.
bool take_apart(const Circle& circle, std::span<const Creation> creations,
                std::span<const model::Dependency> dependencies, Apart& apart);

}  // namespace haetae::ddl
