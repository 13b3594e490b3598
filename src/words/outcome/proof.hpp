// SPDX-License-Identifier: Apache-2.0
// What revisions really did on a throw-away server: each one up, down and up again, and then all of them down and up.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "outcome/revision_row.hpp"

namespace haetae::outcome {

enum class Verdict {
    restored,         ///< down gave back what had been there, and up ran again
    column_order,     ///< likewise, but columns stand in another order
    not_restored,     ///< down ran and left a difference
    irreversible,     ///< up ran, and the file has no way down
    up_failed,
    down_failed,
    up_again_failed,  ///< after a down that may or may not have restored
    not_reached,      ///< something that it stands on failed
};

/// "restored", "column-order", "not-restored" …
std::string_view verdict_word(Verdict verdict);

/// One revision by itself, on the ones before it.
struct Proof {
    RevisionRow row;
    Verdict verdict = Verdict::not_reached;
    std::optional<std::chrono::microseconds> up{};
    std::optional<std::chrono::microseconds> down{};
    /// What stood before against what stands after down, a line a fact, "- " (only before) or "+ " (only after).
    std::string difference{};
    std::optional<base::Error> error{};  ///< of the direction that failed
};

/// A revision where a way ended, and why; without an error it is irreversible.
struct Halt {
    RevisionName revision;
    std::optional<base::Error> error{};
};

/// All of them down, newest first, and up again.
struct RoundTrip {
    std::size_t undone = 0;
    std::vector<Halt> halts{};     ///< what could not be undone; nothing below was tried
    std::string left{};            ///< the difference against a history that was only ever replayed up to there
    bool only_column_order = false;  ///< of `left`
    std::vector<Halt> up_halts{};  ///< what could not be applied again
    std::string head_difference{};  ///< against the head before; "" also where up_halts say it
    bool head_only_column_order = false;
};

enum class Weight { none, weak, full };

struct Verification {
    std::string postgres;  ///< "15.18"
    std::vector<Proof> proofs{};
    std::optional<RoundTrip> round_trip{};  ///< absent where there was nothing to undo
    std::vector<std::string> notes{};       ///< what was not looked at, and why
};

/// full: a finding; weak: columns that only changed their order. An irreversible revision is none.
Weight weight_of(Verdict verdict);
Weight weight_of(const RoundTrip& trip);
/// The heaviest of all.
Weight weight_of(const Verification& verification);

}  // namespace haetae::outcome
