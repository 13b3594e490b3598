// SPDX-License-Identifier: Apache-2.0
// An object that is there but whose definition no model holds. It is named, so that nothing passes silently for equal:
// where one is present in both databases, its definitions may still differ.
#pragma once

#include <compare>
#include <string>

namespace haetae::model {

struct Unmodelled {
    std::string kind;        ///< pg_identify_object's type: "operator", "text search configuration", "foreign table"
    std::string identity{};  ///< pg_identify_object's identity: "public.===(integer,integer)"

    auto operator<=>(const Unmodelled&) const = default;
};

}  // namespace haetae::model
