// SPDX-License-Identifier: Apache-2.0
// How heavy a finding is, in one place for the exit code and the words.
#include "outcome/proof.hpp"

#include <algorithm>

namespace haetae::outcome {

namespace {

Weight weight_of_difference(const std::string& text, bool only_column_order) {
    if (text.empty()) return Weight::none;
    return only_column_order ? Weight::weak : Weight::full;
}

}  // namespace

std::string_view verdict_word(Verdict verdict) {
    switch (verdict) {
        case Verdict::restored:
            return "restored";
        case Verdict::column_order:
            return "column-order";
        case Verdict::not_restored:
            return "not-restored";
        case Verdict::irreversible:
            return "irreversible";
        case Verdict::up_failed:
            return "up-failed";
        case Verdict::down_failed:
            return "down-failed";
        case Verdict::up_again_failed:
            return "up-again-failed";
        case Verdict::not_reached:
            return "not-reached";
    }
    return "";
}

Weight weight_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::restored:
        case Verdict::irreversible:
            return Weight::none;
        case Verdict::column_order:
            return Weight::weak;
        case Verdict::not_restored:
        case Verdict::up_failed:
        case Verdict::down_failed:
        case Verdict::up_again_failed:
        case Verdict::not_reached:
            return Weight::full;
    }
    return Weight::full;
}

Weight weight_of(const RoundTrip& trip) {
    const bool failed = !trip.up_halts.empty() ||
                        std::any_of(trip.halts.begin(), trip.halts.end(), [](const Halt& halt) { return halt.error; });
    if (failed) return Weight::full;
    return std::max(weight_of_difference(trip.left, trip.only_column_order),
                    weight_of_difference(trip.head_difference, trip.head_only_column_order));
}

Weight weight_of(const Verification& verification) {
    auto heaviest = verification.round_trip ? weight_of(*verification.round_trip) : Weight::none;
    for (const auto& proof : verification.proofs) heaviest = std::max(heaviest, weight_of(proof.verdict));
    return heaviest;
}

}  // namespace haetae::outcome
