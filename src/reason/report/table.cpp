// SPDX-License-Identifier: Apache-2.0
// Laying out a table.
#include "report/table.hpp"

#include <algorithm>

#include "base/bug.hpp"
#include "os/terminal.hpp"

namespace haetae::report {

namespace {

std::string line_of(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
    std::string line;
    for (std::size_t column = 0; column < cells.size(); ++column) {
        if (widths[column] == 0) continue;
        if (!line.empty()) line += "  ";
        line += os::pad_to_width(cells[column], widths[column]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
}

}  // namespace

void Table::add(std::vector<std::string> cells) {
    BUG_IF(cells.size() != headings_.size(), "a row has one cell a heading");
    rows_.push_back(std::move(cells));
}

std::string Table::text() const {
    if (rows_.empty()) return {};
    std::vector<std::size_t> widths(headings_.size(), 0);
    for (const auto& row : rows_) {
        for (std::size_t column = 0; column < row.size(); ++column) {
            widths[column] = std::max(widths[column], os::display_width(row[column]));
        }
    }
    for (std::size_t column = 0; column < widths.size(); ++column) {
        if (widths[column] > 0) widths[column] = std::max(widths[column], os::display_width(headings_[column]));
    }
    std::string text = line_of(headings_, widths);
    for (const auto& row : rows_) text += line_of(row, widths);
    return text;
}

}  // namespace haetae::report
