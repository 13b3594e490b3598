// SPDX-License-Identifier: Apache-2.0
// The optimal string alignment distance, on three rows of its table.
#include "base/nearest.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

namespace haetae::base {

namespace {

// Depends-On, depends_on and DEPENDS_ON are one word to whoever types it.
int folded(char letter) { return letter == '-' ? '_' : std::tolower(static_cast<unsigned char>(letter)); }

bool same_letter(char a, char b) { return folded(a) == folded(b); }

std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> two_up(b.size() + 1);
    std::vector<std::size_t> above(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::swap(two_up, above);
        std::swap(above, row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = above[j - 1] + (same_letter(a[i - 1], b[j - 1]) ? 0 : 1);
            row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
            const bool swapped = i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2]) && same_letter(a[i - 2], b[j - 1]);
            if (swapped) row[j] = std::min(row[j], two_up[j - 2] + 1);
        }
    }
    return row.back();
}

}  // namespace

std::optional<std::string> nearest(std::string_view word, std::span<const std::string_view> candidates) {
    constexpr std::size_t letters_max = 100;  // nobody mistypes more, and the table grows with the square
    if (word.size() > letters_max) return std::nullopt;
    std::optional<std::string> best;
    std::size_t best_distance = 0;
    for (const auto candidate : candidates) {
        if (candidate.size() > letters_max) continue;
        const std::size_t steps = distance(word, candidate);
        const std::size_t allowed = std::max<std::size_t>(1, std::max(word.size(), candidate.size()) / 3);
        if (steps > allowed || (best && steps >= best_distance)) continue;
        best = std::string(candidate);
        best_distance = steps;
    }
    return best;
}

}  // namespace haetae::base
