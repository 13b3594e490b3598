// SPDX-License-Identifier: Apache-2.0
// What a database says of itself: the name it answers to, and whether it may be changed by accident. The mark lies in
// the database, so that no URL and no file can talk it away.
#pragma once

#include <string>

namespace haetae::policy {

struct Mark {
    enum class State {
        none,     ///< the database never said what it is
        sound,    ///< it says so, once, and the ledger agrees
        damaged,  ///< it cannot be read or believed; then the database counts as protected
    };
    State state = State::none;
    std::string name{};
    bool is_protected = false;
    bool is_copy = false;   ///< it was made in another database: this one was restored, cloned or upgraded since
    std::string made_in{};  ///< "database game on 2026-11-22"
    std::string damage{};   ///< what is wrong with it: "the mark holds 2 rows"
    bool operator==(const Mark&) const = default;
};

}  // namespace haetae::policy
