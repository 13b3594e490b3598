// SPDX-License-Identifier: Apache-2.0
// The handlers touch two lock-free atomics and nothing else.
#include "os/signal.hpp"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace haetae::os {

namespace {

std::atomic<int> first_signal{0};
std::atomic<const char*> last_words{nullptr};
std::atomic<OnInterrupt::Callback*> current_callback{nullptr};
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<OnInterrupt::Callback*>::is_always_lock_free);

void on_signal(int number) {
    const int saved_errno = errno;
    int none = 0;
    if (!first_signal.compare_exchange_strong(none, number)) {
        // Nobody is left to hear of a write that fails.
        if (const char* words = last_words.load())
            static_cast<void>(!::write(STDERR_FILENO, words, std::strlen(words)));
        ::_exit(128 + number);
    }
    if (const auto* callback = current_callback.load()) callback->act(callback->subject);
    errno = saved_errno;
}

// A handler, where SIG_IGN would do for us: an ignored signal stays ignored in the programs we start.
void on_broken_pipe(int) {}

void catch_signal(int number, void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    ::sigaction(number, &action, nullptr);
}

}  // namespace

void watch_signals(const char* words_when_leaving) {
    last_words.store(words_when_leaving);
    catch_signal(SIGINT, on_signal);
    catch_signal(SIGTERM, on_signal);
    catch_signal(SIGPIPE, on_broken_pipe);
}

std::optional<int> interrupted() {
    const int number = first_signal.load();
    return number == 0 ? std::nullopt : std::optional<int>(number);
}

void forget_interrupt() {
    first_signal.store(0);
}

OnInterrupt::OnInterrupt(void (*act)(void*), void* subject)
    : callback_{act, subject}, before_(current_callback.exchange(&callback_)) {
    if (interrupted()) act(subject);
}

OnInterrupt::~OnInterrupt() {
    current_callback.store(before_);
}

}  // namespace haetae::os
