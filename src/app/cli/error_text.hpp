// SPDX-License-Identifier: Apache-2.0
// An error as a person reads it: the one shape of every message, and the exit code that goes with it.
#pragma once

#include <string>

#include "base/error.hpp"

namespace haetae::cli {

/// `error[HT0203]: …`, ` --> file:line:column` with the line and a caret, the server's detail, the clauses, what the
/// database holds, `help: …`. Ends with a line end.
std::string error_text(const base::Error& error, bool colour);

/// The exit code that the page of its code names; 128 + `interrupt_signal` instead of 130 where a signal is given.
/// A code without a page is our defect: 70.
int exit_code_of(const base::Error& error, int interrupt_signal = 0);

}  // namespace haetae::cli
