// SPDX-License-Identifier: Apache-2.0
// The names that PostgreSQL 18 makes up are no facts, since older servers have none.
#include "catalog/not_null.hpp"

#include <string_view>

namespace haetae::catalog {

std::string chosen_not_null_name(std::string name) {
    const std::string_view text = name;
    const auto last = text.find_last_not_of("0123456789");
    return last != std::string_view::npos && text.substr(0, last + 1).ends_with("_not_null") ? "" : name;
}

}  // namespace haetae::catalog
