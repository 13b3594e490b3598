// SPDX-License-Identifier: Apache-2.0
// Cells by row and column, bounds checked.
#include "connect/rows.hpp"

#include "base/bug.hpp"

namespace haetae::connect {

const std::optional<std::string>& Rows::cell(std::size_t row, std::size_t column) const {
    BUG_IF(column >= columns_ || row >= size(), "a cell outside the result was asked for");
    return cells_[row * columns_ + column];
}

const std::string& Rows::text(std::size_t row, std::size_t column) const {
    static const std::string null_text;
    const auto& found = cell(row, column);
    return found ? *found : null_text;
}

bool Rows::is_null(std::size_t row, std::size_t column) const {
    return !cell(row, column).has_value();
}

}  // namespace haetae::connect
