// SPDX-License-Identifier: Apache-2.0
// CREATE STATISTICS.
#pragma once

#include <optional>
#include <string>

#include "model/name.hpp"

namespace haetae::model {

struct Statistics {
    QualifiedName name;
    /// What pg_get_statisticsobjdef prints behind the name: "(ndistinct, mcv) ON a, lower(b) FROM shop.orders", or
    /// "ON …" where all kinds are meant.
    std::string definition{};
    std::optional<int> target{};  ///< ALTER STATISTICS … SET STATISTICS; none = the server's default
    std::string owner{};
    std::string comment{};

    bool operator==(const Statistics&) const = default;
};

}  // namespace haetae::model
