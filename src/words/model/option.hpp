// SPDX-License-Identifier: Apache-2.0
// A setting that hangs on an object: `fillfactor=70` of a table, `n_distinct=-0.5` of a column, `search_path=…` of a
// function.
#pragma once

#include <string>

namespace haetae::model {

struct Option {
    std::string name;  ///< "fillfactor", "toast.autovacuum_enabled", "search_path"
    std::string
        value;  ///< as PostgreSQL stores it, not quoted; a list setting (search_path) is stored as a quoted list

    auto operator<=>(const Option&) const = default;
};

}  // namespace haetae::model
