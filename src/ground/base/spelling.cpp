// SPDX-License-Identifier: Apache-2.0
// Levenshtein's distance with one row of the table.
#include "base/spelling.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

namespace haetae::base {

namespace {

std::string folded(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        if (c == '-') return '_';
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

std::string_view nearest_word(std::string_view written, std::span<const std::string_view> known) {
    constexpr std::size_t length_max = 64;  // the distance costs the product of the lengths
    if (written.size() > length_max) return {};
    const std::string wanted = folded(written);
    std::string_view nearest;
    std::size_t nearest_distance = std::max<std::size_t>(1, wanted.size() / 3) + 1;
    for (const auto word : known) {
        const std::size_t distance = edit_distance(wanted, folded(word));
        if (distance < nearest_distance) {
            nearest = word;
            nearest_distance = distance;
        }
    }
    return nearest;
}

}  // namespace haetae::base
