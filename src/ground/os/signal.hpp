// SPDX-License-Identifier: Apache-2.0
// Interrupts. The first SIGINT or SIGTERM sets a flag and asks a registered callback to act; whoever runs long work
// looks at the flag between two steps and ends tidily. A second one leaves at once with 130 or 143.
#pragma once

#include <optional>

namespace haetae::os {

/// Catches SIGINT and SIGTERM from now on, and makes SIGPIPE harmless for this process (not for its children).
/// `words_when_leaving`, which must live for ever, are written to standard error when the second one leaves.
void watch_signals(const char* words_when_leaving = nullptr);

/// The signal that arrived first; nothing while none has.
[[nodiscard]] std::optional<int> interrupted();

/// Forgets a signal that arrived, for tests.
void forget_interrupt();

/// While it lives, `act(subject)` is called once by the first signal, inside the signal handler: it may only do what
/// is async-signal-safe (PQcancel is). The one made last counts; the one before it counts again afterwards. A signal
/// that came before it was made calls it at once.
class OnInterrupt {
 public:
    OnInterrupt(void (*act)(void* subject), void* subject);
    ~OnInterrupt();
    OnInterrupt(const OnInterrupt&) = delete;
    OnInterrupt& operator=(const OnInterrupt&) = delete;

    struct Callback {
        void (*act)(void* subject);
        void* subject;
    };

 private:
    Callback callback_;
    Callback* before_;
};

}  // namespace haetae::os
