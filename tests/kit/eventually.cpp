// SPDX-License-Identifier: Apache-2.0
// A poll every five milliseconds.
#include "kit/eventually.hpp"

#include <thread>

namespace haetae::kit {

bool eventually(const std::function<bool()>& holds, std::chrono::seconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!holds()) {
        if (std::chrono::steady_clock::now() >= end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

}  // namespace haetae::kit
