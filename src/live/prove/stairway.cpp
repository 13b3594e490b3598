// SPDX-License-Identifier: Apache-2.0
// A revision that does not come back to where it was is noted, and the database is thrown away for one that never saw
// that down: each revision stands on what `upgrade` makes, not on what the downs before it have left.
#include "prove/stairway.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "graph/lineage.hpp"
#include "prove/portrait.hpp"
#include "replay/replay.hpp"

namespace haetae::prove {

namespace {

using outcome::Verdict;
using plan::Direction;

/// The run ends with it: it is the user's wish, not the revision's fault.
bool ends_all(const base::Error& error) {
    return error.code == "HT0620" || error.code == "HT0621";
}

class Climb {
 public:
    Climb(replay::Replay replay, const Task& task, const Tell& tell)
        : replay_(std::move(replay)),
          graph_(*replay_.history().graph),
          chosen_(task.chosen),
          clean_(graph_.size()),
          tell_(tell) {
        const auto chosen = chosen_.list();
        const auto above = graph::descendants(graph_, chosen, graph::Edges::all);
        for (const auto node : graph_.topological()) {
            if (!task.applied.has(node)) continue;
            if (above.has(node)) {
                steps_.push_back(node);
            } else {
                clean_.add(node);
            }
        }
    }

    base::Result<outcome::Verification> run() {
        TRY(replay_.go_to(clean_));
        const auto version = replay_.connection().server_version();
        found_.postgres = fmt::format("{}.{}", version / 10000, version % 10000);
        pg_dump_ = find_pg_dump(version);
        if (!pg_dump_) {
            found_.notes.emplace_back(
                "there is no pg_dump of that version here, so that nothing but our own reading of "
                "the catalogs was compared");
        }
        const auto base = TRY(portrait());
        before_ = base;
        for (const auto node : steps_) TRY(prove(node));
        std::erase_if(steps_, [this](graph::Node node) { return !clean_.has(node); });
        if (!steps_.empty()) TRY(go_round(base));
        return std::move(found_);
    }

 private:
    base::Result<Portrait> portrait() { return take_portrait(replay_, pg_dump_); }

    void tell(graph::Node node, std::string_view doing) { tell_(++told_, steps_.size(), node, doing); }

    [[nodiscard]] bool stands_on_firm_ground(graph::Node node) const {
        const auto is_applied = [this](graph::Node below) { return replay_.applied().has(below); };
        const auto parents = graph_.parents(node);
        const auto dependencies = graph_.dependencies(node);
        return std::all_of(parents.begin(), parents.end(), is_applied) &&
               std::all_of(dependencies.begin(), dependencies.end(), is_applied);
    }

    [[nodiscard]] bool carries_others(graph::Node node) const {
        const auto is_applied = [this](graph::Node above) { return replay_.applied().has(above); };
        const auto children = graph_.children(node);
        const auto dependents = graph_.dependents(node);
        return std::any_of(children.begin(), children.end(), is_applied) ||
               std::any_of(dependents.begin(), dependents.end(), is_applied);
    }

    /// The database as it is when everything in `clean_` has only ever been applied.
    base::Status start_clean() {
        before_.reset();
        return replay_.go_to(clean_);
    }

    base::Status prove(graph::Node node) {
        outcome::Proof proof{.row = outcome::row_of(graph_, node)};
        tell(node, "verifying");
        if (stands_on_firm_ground(node)) TRY(try_out(node, proof));
        if (chosen_.has(node) || proof.verdict == Verdict::up_failed) found_.proofs.push_back(std::move(proof));
        return base::Done{};
    }

    base::Status try_out(graph::Node node, outcome::Proof& proof) {
        if (!before_ && chosen_.has(node)) before_ = TRY(portrait());
        auto up = replay_.run(node, Direction::up);
        if (!up) return fail(proof, Verdict::up_failed, std::move(up).error());
        clean_.add(node);
        proof.up = *up;
        proof.verdict = Verdict::irreversible;
        if (chosen_.has(node) && !replay_.history().irreversible[node]) return there_and_back(node, proof);
        before_.reset();
        return base::Done{};
    }

    base::Status there_and_back(graph::Node node, outcome::Proof& proof) {
        auto down = replay_.run(node, Direction::down);
        if (!down) {
            TRY(fail(proof, Verdict::down_failed, std::move(down).error()));
            before_.reset();
            return base::Done{};
        }
        proof.down = *down;
        const auto seen = contrast(*before_, TRY(portrait()));
        proof.difference = seen.text;
        before_.reset();
        auto again = replay_.run(node, Direction::up);
        if (!again) {
            TRY(fail(proof, Verdict::up_again_failed, std::move(again).error()));
        } else {
            proof.verdict = seen.text.empty()        ? Verdict::restored
                            : seen.only_column_order ? Verdict::column_order
                                                     : Verdict::not_restored;
        }
        return proof.verdict == Verdict::restored ? base::Status(base::Done{}) : start_clean();
    }

    base::Status fail(outcome::Proof& proof, Verdict verdict, base::Error error) {
        if (ends_all(error)) return error;
        proof.verdict = verdict;
        proof.error = std::move(error);
        return replay_.stands() ? base::Status(base::Done{}) : start_clean();
    }

    base::Status go_round(const Portrait& base) {
        auto& trip = found_.round_trip.emplace();
        const auto head = before_ ? *std::move(before_) : TRY(portrait());
        TRY(replay_.forget_copies());  // they would hold on to roles that are to go
        TRY(go_down(trip));
        if (!replay_.stands()) return base::Done{};
        const auto remaining = replay_.applied();
        const auto bottom = TRY(portrait());
        TRY(go_up(trip));
        if (replay_.stands() && trip.up_halts.empty()) {
            const auto seen = contrast(head, TRY(portrait()));
            trip.head_difference = seen.text;
            trip.head_only_column_order = seen.only_column_order;
        }
        const bool is_at_base =
            std::none_of(steps_.begin(), steps_.end(), [&](graph::Node node) { return remaining.has(node); });
        if (trip.undone == 0) return base::Done{};
        if (!is_at_base) TRY(replay_.go_to(remaining));
        const auto left = contrast(is_at_base ? base : TRY(portrait()), bottom);
        trip.left = left.text;
        trip.only_column_order = left.only_column_order;
        return base::Done{};
    }

    base::Status go_down(outcome::RoundTrip& trip) {
        told_ = 0;
        for (auto node = steps_.rbegin(); node != steps_.rend(); ++node) {
            tell(*node, "down");
            if (carries_others(*node)) continue;
            if (replay_.history().irreversible[*node]) {
                trip.halts.push_back({.revision = outcome::name_of(graph_, *node)});
                continue;
            }
            TRY(step(*node, Direction::down, trip.halts));
            if (!replay_.stands()) return base::Done{};
            if (!replay_.applied().has(*node)) ++trip.undone;
        }
        return base::Done{};
    }

    base::Status go_up(outcome::RoundTrip& trip) {
        told_ = 0;
        for (const auto node : steps_) {
            tell(node, "up again");
            if (replay_.applied().has(node) || !stands_on_firm_ground(node)) continue;
            TRY(step(node, Direction::up, trip.up_halts));
            if (!replay_.stands()) return base::Done{};
        }
        return base::Done{};
    }

    base::Status step(graph::Node node, Direction direction, std::vector<outcome::Halt>& halts) {
        auto took = replay_.run(node, direction);
        if (took) return base::Done{};
        if (ends_all(took.error())) return std::move(took).error();
        halts.push_back({.revision = outcome::name_of(graph_, node), .error = std::move(took).error()});
        return base::Done{};
    }

    replay::Replay replay_;
    const graph::Graph& graph_;
    graph::NodeSet chosen_;
    graph::NodeSet clean_;              ///< applied by runs that were not undone
    std::vector<graph::Node> steps_{};  ///< what the chosen and those that stand on them are, ancestors first
    const Tell& tell_;
    std::size_t told_ = 0;
    std::optional<std::string> pg_dump_{};
    std::optional<Portrait> before_{};  ///< of the database as it stands, where it is known
    outcome::Verification found_{};
};

}  // namespace

base::Result<outcome::Verification> climb(replay::History history, const Task& task, const Tell& tell) {
    return Climb(TRY(replay::Replay::start(std::move(history))), task, tell).run();
}

}  // namespace haetae::prove
