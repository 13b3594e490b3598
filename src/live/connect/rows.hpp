// SPDX-License-Identifier: Apache-2.0
// A result set copied out of libpq, so that it outlives the connection and needs none of libpq's care.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace haetae::connect {

class Rows {
 public:
    Rows() = default;
    Rows(std::size_t columns, std::vector<std::optional<std::string>> cells)
        : columns_(columns), cells_(std::move(cells)) {}
    /// Number of rows. A result without columns (`SELECT FROM t`) counts as empty.
    [[nodiscard]] std::size_t size() const { return columns_ == 0 ? 0 : cells_.size() / columns_; }
    [[nodiscard]] std::size_t columns() const { return columns_; }
    [[nodiscard]] bool empty() const { return size() == 0; }
    /// NULL reads as "". A cell outside the result is our bug.
    [[nodiscard]] const std::string& text(std::size_t row, std::size_t column) const;
    [[nodiscard]] bool is_null(std::size_t row, std::size_t column) const;
    [[nodiscard]] bool is_true(std::size_t row, std::size_t column) const { return text(row, column) == "t"; }

 private:
    [[nodiscard]] const std::optional<std::string>& cell(std::size_t row, std::size_t column) const;

    std::size_t columns_ = 0;
    std::vector<std::optional<std::string>> cells_;
};

}  // namespace haetae::connect
