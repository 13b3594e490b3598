// SPDX-License-Identifier: Apache-2.0
// Interrupts end a wait between two polls, and a statement by cancelling it.
#include "verbs/migrator_session.hpp"

#include <fmt/format.h>

#include <chrono>

#include "os/signal.hpp"
#include "verbs/workspace.hpp"

namespace haetae::verbs {

namespace {

ledger::LockWait waiter(cli::Talk& talk, std::chrono::milliseconds limit) {
    return {.limit = limit,
            .on_wait = [&talk, said = 0](const ledger::LockHolder& holder, std::chrono::milliseconds) mutable {
                if (said != holder.pid || said == 0) {
                    talk.line(fmt::format("waiting for another migrator: {} (role {}, server process {})",
                                          holder.application_name, holder.role, holder.pid));
                    said = holder.pid == 0 ? -1 : holder.pid;
                }
                return os::interrupted().has_value();
            }};
}

execute::Session::Open opener(const target::Target& target, cli::Talk& talk) {
    return [&target, &talk](std::string_view name) {
        return target::open(target, {.application_name = std::string(name),
                                     .connect_timeout = target.environment.limits.connect_timeout,
                                     .on_notice =
                                         [&talk](const connect::Notice& notice) {
                                             const auto text = notice.severity + ": " + notice.message;
                                             notice.severity == "WARNING" ? talk.line("  " + text)
                                                                          : talk.detail("  " + text);
                                         },
                                     .on_wait = until_interrupted});
    };
}

}  // namespace

base::Result<execute::Session> begin_session(const target::Target& target, cli::Talk& talk, std::string_view verb) {
    return execute::Session::begin(opener(target, talk), "haetae " + std::string(verb),
                                   waiter(talk, target.environment.limits.migrator_wait));
}

execute::Tell teller(cli::Talk& talk) {
    return [&talk](const execute::Event& event) {
        using Kind = execute::Event::Kind;
        switch (event.kind) {
            case Kind::resumed:
                talk.note(fmt::format("an earlier run stopped part-way; going on after statement {}", event.number));
                return;
            case Kind::statement:
                talk.detail(
                    fmt::format("  statement {}{}{}", event.number, event.text.empty() ? "" : ": ", event.text));
                return;
            case Kind::retry:
                talk.line(fmt::format("  {}; trying again in {} ms (try {})", event.text, event.pause.count(),
                                      event.number + 1));
                return;
            case Kind::reconnected:
                talk.warning("the connection was lost and is back; the ledger was asked what had been committed");
                return;
            case Kind::locked_again:
                talk.warning(
                    "the lock that keeps other migrators out was given away during the run, and is held again");
                return;
            case Kind::cleaned:
                talk.line("  " + event.text);
                return;
        }
    };
}

}  // namespace haetae::verbs
