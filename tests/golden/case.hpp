// SPDX-License-Identifier: Apache-2.0
// A golden case on disk: `command` (lines for sh), an optional `project/` to start from, an optional empty file
// `server` for a case that needs PostgreSQL, and what must come out: `stdout`, `stderr`, `exit_code`. A file that would
// be empty, or 0, is left out.
#pragma once

#include <string>

#include "base/result.hpp"

namespace haetae::golden {

struct Outcome {
    std::string out{};
    std::string err{};
    int exit_code = 0;
    bool operator==(const Outcome&) const = default;
};

struct Case {
    std::string folder;
    [[nodiscard]] bool needs_server() const;
    [[nodiscard]] Outcome expected() const;
    /// Makes `outcome` what is expected from now on.
    [[nodiscard]] base::Status accept(const Outcome& outcome) const;
};

/// Where a case runs: a temporary folder with `project/`, `home/` and `bin/haetae`, and perhaps a server.
struct Stage {
    std::string folder;
    std::string database_url{};  ///< "" = none
};

/// Sets the stage up and runs the case's command there, with nothing of our own environment.
base::Result<Outcome> perform(const Case& golden, const Stage& stage, const std::string& haetae);

}  // namespace haetae::golden
