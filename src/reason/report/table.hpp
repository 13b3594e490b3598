// SPDX-License-Identifier: Apache-2.0
// Columns under headings, as wide as their widest cell on a terminal, so that Korean text stays aligned. A column in
// which every cell is empty is left out: what there is nothing to say about takes no room.
#pragma once

#include <string>
#include <vector>

namespace haetae::report {

class Table {
 public:
    explicit Table(std::vector<std::string> headings) : headings_(std::move(headings)) {}

    /// One cell a heading.
    void add(std::vector<std::string> cells);

    /// The headings and rows, two blanks between columns, none at the ends of lines; "" without rows.
    [[nodiscard]] std::string text() const;

 private:
    std::vector<std::string> headings_;
    std::vector<std::vector<std::string>> rows_{};
};

}  // namespace haetae::report
