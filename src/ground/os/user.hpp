// SPDX-License-Identifier: Apache-2.0
// Accounts of the operating system: who we are, and whom a server may run as when we are root.
#pragma once

#include <optional>
#include <string>

namespace haetae::os {

struct User {
    unsigned uid = 0;
    unsigned gid = 0;
    std::string name;  ///< "" where the account database does not know the number (as in some containers)
    std::string home;  ///< "" likewise

    bool operator==(const User&) const = default;
};

/// The account this process acts as (its effective user).
User current_user();

std::optional<User> find_user(const std::string& name);

/// True when `user` may pass through every folder of the absolute `path`, judged by owners and mode bits.
bool can_enter(const User& user, const std::string& path);

}  // namespace haetae::os
