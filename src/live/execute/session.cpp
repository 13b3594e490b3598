// SPDX-License-Identifier: Apache-2.0
// Opening, and opening again.
#include "execute/session.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include "os/signal.hpp"

namespace haetae::execute {

base::Result<ledger::LockedSession> Session::open_and_lock(const ledger::LockWait& wait) const {
    auto gate = TRY(open_(name_ + " (lock)"));
    return ledger::MigratorLock::acquire(
        std::move(gate), [this] { return open_(name_); }, wait);
}

base::Result<Session> Session::begin(Open open, std::string name, ledger::LockWait wait) {
    Session session(std::move(open), std::move(name), std::move(wait));
    session.held_ = TRY(session.open_and_lock(session.wait_));
    return session;
}

base::Status Session::recover() {
    constexpr std::chrono::milliseconds pause{250};
    constexpr std::chrono::seconds limit{60};
    const ledger::LockWait wait{.limit = std::max<std::chrono::milliseconds>(wait_.limit, limit),
                                .on_wait = wait_.on_wait};
    // The old gate would keep ourselves out.
    held_.reset();
    const auto give_up = std::chrono::steady_clock::now() + limit;
    while (true) {
        auto held = open_and_lock(wait);
        if (held) {
            held_ = std::move(held).value();
            return base::Done{};
        }
        const auto& code = held.error().code;
        const bool is_unreachable = code.starts_with("HT041") || code == "HT0421";
        if (os::interrupted()) return base::Error{.code = "HT0602", .sentence = "interrupted while connecting again"};
        if (!is_unreachable || std::chrono::steady_clock::now() > give_up) return std::move(held).error();
        std::this_thread::sleep_for(pause);
    }
}

}  // namespace haetae::execute
