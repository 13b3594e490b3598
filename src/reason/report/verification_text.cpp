// SPDX-License-Identifier: Apache-2.0
// A verification in words: the table is for the eye that looks for what is wrong, the paragraphs below it say what.
#include <fmt/format.h>

#include <algorithm>

#include "report/revision_words.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

namespace haetae::report {

namespace {

using outcome::Halt;
using outcome::Proof;
using outcome::Verdict;

std::string result_words(Verdict verdict) {
    std::string words(outcome::verdict_word(verdict));
    std::replace(words.begin(), words.end(), '-', ' ');
    return words;
}

std::string indented(std::string_view lines) {
    std::string text;
    while (!lines.empty()) {
        const auto end = std::min(lines.find('\n'), lines.size());
        text += fmt::format("  {}\n", lines.substr(0, end));
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return text;
}

std::string error_words(const base::Error& error) {
    std::string text = fmt::format("error[{}]: {}\n", error.code, error.sentence);
    if (error.span) {
        const auto line = error.span->line > 0 ? fmt::format(":{}", error.span->line) : std::string();
        text += fmt::format("--> {}{}\n", error.span->file, line);
    }
    if (!error.hint.empty()) text += "help: " + error.hint + "\n";
    return indented(text);
}

std::string what_it_means(Verdict verdict) {
    switch (verdict) {
        case Verdict::column_order:
            return "after the down, columns stand in another order than before the up";
        case Verdict::not_restored:
            return "the down does not give back what stood before the up (-: was there, +: is there now)";
        case Verdict::up_failed:
            return "the up failed";
        case Verdict::down_failed:
            return "the down failed";
        case Verdict::up_again_failed:
            return "after the down, the up failed";
        case Verdict::not_reached:
            return "not tried, since something that it stands on failed";
        case Verdict::restored:
        case Verdict::irreversible:
            return {};
    }
    return {};
}

std::string finding_of(const Proof& proof) {
    const auto meaning = what_it_means(proof.verdict);
    if (meaning.empty()) return {};
    auto text =
        fmt::format("\n{}:{} {}: {}\n", proof.row.domain.text(), proof.row.id.text(), proof.row.message, meaning);
    text += indented(proof.difference);
    if (proof.error) text += error_words(*proof.error);
    return text;
}

std::string halts_text(const std::vector<Halt>& halts, std::string_view irreversible) {
    std::string text;
    for (const auto& halt : halts) {
        const auto name = halt.revision.domain.text() + ":" + halt.revision.id.text();
        text += halt.error ? fmt::format("it ended at {}:\n{}", name, error_words(*halt.error))
                           : fmt::format("it ended at {}, {}\n", name, irreversible);
    }
    return text;
}

std::string round_trip_text(const outcome::RoundTrip& trip) {
    std::string text = fmt::format("\nthe way down: {} undone", counted(trip.undone, "revision"));
    if (trip.undone > 0) text += trip.left.empty() ? ", nothing left behind" : ", this is left (+) or lost (-):";
    text += "\n" + indented(trip.left) + halts_text(trip.halts, "which is irreversible");
    if (trip.undone == 0) return text;
    if (!trip.up_halts.empty()) return text + "the way up again:\n" + halts_text(trip.up_halts, "");
    if (trip.head_difference.empty()) return text + "the way up again: as before\n";
    return text + "the way up again: not as before (-: was there, +: is there now)\n" + indented(trip.head_difference);
}

}  // namespace

std::string verification_text(const outcome::Verification& verification) {
    Table table({"DOMAIN", "REVISION", "RESULT", "MESSAGE"});
    for (const auto& proof : verification.proofs) {
        table.add({proof.row.domain.text(), proof.row.id.text(), result_words(proof.verdict), proof.row.message});
    }
    std::string text = table.text();
    for (const auto& proof : verification.proofs) text += finding_of(proof);
    if (verification.round_trip) text += round_trip_text(*verification.round_trip);
    return text;
}

}  // namespace haetae::report
