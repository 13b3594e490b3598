// SPDX-License-Identifier: Apache-2.0
// What was found of the two roles, check by check: what holds, what does not and how to mend it, and what could not be
// tried. A proof holds only when every check of it was made and holds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "roles/roles.hpp"

namespace haetae::roles {

/// One thing that does not hold.
struct Failure {
    std::string object;  ///< "CREATE on public, given to PUBLIC"
    std::string mend;    ///< an SQL statement with its semicolon; "" where no statement mends it
    bool operator==(const Failure&) const = default;
};

struct Check {
    enum class Verdict { holds, fails, not_attempted };
    std::string key;    ///< "app-schemas": for scripts, never renamed
    std::string role;   ///< whom it is about; "" = everyone else
    std::string claim;  ///< "creates in no schema"
    Verdict verdict = Verdict::holds;
    std::vector<Failure> failures{};
    std::string reason{};  ///< why it was not attempted
};

struct Finding {
    std::string check;
    Failure failure;
};

struct Proof {
    std::vector<Check> checks{};
    [[nodiscard]] bool holds() const;
};

/// Every check that the catalog answers, in the order they are shown, with what the rows of `proof_query` say. Checks
/// of a role that does not exist are not attempted.
Proof judge_catalog(const Roles& roles, const std::vector<Finding>& findings);

/// What is tried as the application: `failures` of the attempts by their keys.
/// attempt-login, attempt-create, attempt-data, attempt-books.
std::vector<Check> judge_attempt(const Roles& roles, const std::vector<Finding>& findings);

/// The same checks where nothing could be tried.
std::vector<Check> no_attempt(const Roles& roles, const std::string& reason);

/// Is `key` one of the checks?
bool is_check(std::string_view key);

/// A line a check, and below each failure the statement that mends it.
std::string proof_text(const Proof& proof);

/// One JSON document, see docs/reference/json.md.
std::string proof_json(const Roles& roles, const Proof& proof);

}  // namespace haetae::roles
