// SPDX-License-Identifier: Apache-2.0
// Opening, and opening again.
#include "execute/session.hpp"

#include <chrono>
#include <thread>

namespace haetae::execute {

base::Result<Session::Held> Session::open_and_lock() const {
    auto gate = TRY(open_(name_ + " (lock)"));
    auto work = TRY(open_(name_));
    auto lock = TRY(ledger::MigratorLock::acquire(std::move(gate), work, wait_));
    return Held{.work = std::move(work), .lock = std::move(lock)};
}

base::Result<Session> Session::begin(Open open, std::string name, ledger::LockWait wait) {
    Session session(std::move(open), std::move(name), std::move(wait));
    session.held_ = TRY(session.open_and_lock());
    return session;
}

base::Status Session::recover() {
    constexpr std::chrono::milliseconds pause{500};
    constexpr std::chrono::seconds limit{60};
    // The old gate would keep ourselves out.
    held_.reset();
    const auto give_up = std::chrono::steady_clock::now() + limit;
    while (true) {
        auto held = open_and_lock();
        if (held) {
            held_ = std::move(held).value();
            return base::Done{};
        }
        const auto& code = held.error().code;
        const bool is_unreachable = code.starts_with("HT041") || code == "HT0421";
        if (!is_unreachable || std::chrono::steady_clock::now() > give_up) return std::move(held).error();
        std::this_thread::sleep_for(pause);
    }
}

}  // namespace haetae::execute
