// SPDX-License-Identifier: Apache-2.0
// Runs one step at a time. A revision that fits in one transaction is one message and one round trip: reset, guard and
// version row, its statements, the ledger's row, COMMIT. Any other is cut into segments, each recorded in `progress`,
// so that a run that stops part-way can be taken up again.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "execute/bookkeeping.hpp"
#include "execute/failure.hpp"
#include "execute/session.hpp"
#include "execute/task.hpp"
#include "ledger/progress.hpp"
#include "plan/segments.hpp"

namespace haetae::execute {

/// What happens while a step runs, for the user to follow.
struct Event {
    enum class Kind {
        resumed,       ///< `number` statements were finished by an earlier run
        statement,     ///< statement `number` (from 1) of a step that is not one transaction begins
        retry,         ///< try number `number` comes after `pause`, because of `text`
        reconnected,   ///< the connection was lost and had again
        locked_again,  ///< the migrator lock had been given away, by a revision or by somebody else, and was taken
                       ///< again
        cleaned,       ///< what a broken statement had left was cleared away; `text` says what
    };
    Kind kind;
    std::size_t number = 0;
    std::string text{};
    std::chrono::milliseconds pause{};
};
using Tell = std::function<void(const Event&)>;

/// What the user has found of a statement that an earlier run left in doubt.
enum class InDoubt { done, again };

class Executor {
 public:
    /// `under_way`: what `progress` held when the run began. `in_doubt` answers where the catalog cannot, and is put on
    /// record.
    Executor(Session& session, Books books, settings::Limits limits, std::vector<ledger::Progress> under_way, Tell tell,
             std::optional<InDoubt> in_doubt = std::nullopt);

    /// On failure nothing of the step remains, unless the error is HT0613 (stopped part-way: progress says where).
    /// Errors: HT0606, HT0610 (failed and rolled back), HT0611 (the connection was lost and the outcome could not be
    /// asked), HT0613, HT0614 (an interrupted statement whose effect cannot be told), HT0615 (the finished part was
    /// edited), HT0620 and HT0621 (interrupted, terminated; rolled back), HT0632 and HT0633 (an index stands in the way
    /// of one that an earlier run was building).
    base::Status run(const Task& task);

 private:
    using Asked = std::function<base::Result<bool>()>;

    base::Status run_segment(const Task& task, const plan::Segment& segment, bool is_last);
    /// A statement outside a transaction. `commits_itself`: a procedure or DO block, which may fail half-way.
    base::Status run_alone(const Task& task, std::size_t index, bool commits_itself);
    /// Is a statement that was sent alone to be sent again after this answer? An Error ends the step.
    base::Result<bool> is_to_be_repeated(const Task& task, std::size_t index, const connect::ScriptOutcome& outcome,
                                         std::size_t attempt);
    /// What became of a statement that was sent alone and whose answer is not known.
    base::Result<bool> took_effect(const Task& task, std::size_t index);
    /// As took_effect, by the user's word, which goes to the ledger.
    base::Result<bool> take_as(const Task& task, InDoubt decision);
    base::Status close_step(const Task& task);
    /// Sets `finished_` to what an earlier run has finished, and settles a statement that was interrupted.
    base::Status take_up(const Task& task);
    /// Sends a transaction until it is committed or refused; `was_committed` is asked after a lost connection. An Error
    /// is an interrupt, or a connection that could not be had again.
    base::Result<std::optional<Refusal>> commit(const Task& task, const Message& message, const Asked& was_committed);
    base::Status recover(const Task& task, const connect::ServerError& why);
    /// Recovers, and asks until there is an answer.
    base::Result<bool> recover_and_ask(const Task& task, const connect::ServerError& why, const Asked& asked);
    /// The Error of a step that ends here: cleans up, says what remains, writes the ledger's row.
    base::Error stop(const Task& task, base::Error error, std::size_t statement);
    base::Error refused(const Task& task, const Refusal& refusal);
    base::Error interrupted(const Task& task);
    [[nodiscard]] std::string what_remains(const Task& task) const;
    bool pause_before_retry(std::size_t attempt, const std::string& why);

    [[nodiscard]] Message transaction_of(const Task& task, const plan::Segment& segment, bool is_last) const;
    [[nodiscard]] Message opened(const Task& task, bool with_row_changes) const;
    void close(Message& message, const Task& task, bool is_last) const;
    [[nodiscard]] ledger::ProgressKey key_of(const Task& task) const;

    Session& session_;
    Books books_;
    settings::Limits limits_;
    std::vector<ledger::Progress> under_way_;
    Tell tell_;
    std::optional<InDoubt> in_doubt_;
    std::size_t finished_ = 0;   ///< statements of the present step whose effect is committed
    bool has_progress_ = false;  ///< the present step has rows in `progress`
    bool is_unsettled_ = false;  ///< statement number finished_ stands as intended, and may have done some of its work
    std::size_t recoveries_ = 0;
};

}  // namespace haetae::execute
