// SPDX-License-Identifier: Apache-2.0
// One run of haetae, from the words of the command line to the exit code. Streams and terminal are parameters, so that
// tests see all of it without a process.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "cli/verb.hpp"

namespace haetae::cli {

struct Surroundings {
    std::function<base::Status(std::string_view)> write_result;         ///< standard output
    std::function<void(std::string_view)> write_talk;                   ///< standard error
    std::function<std::optional<std::string>(std::string_view)> ask{};  ///< as Talk::Ask; empty without a terminal
    bool talk_is_terminal = false;
    bool colour_wanted = true;  ///< NO_COLOR is not set
    std::size_t width = 80;
};

struct Program {
    std::span<const Verb* const> verbs;
    std::string version;        ///< "haetae 0.1.0"
    std::string (*versions)();  ///< of the libraries, a line each, for --version -v: asking loads them
};

/// Parses, obeys -C, runs the verb, writes its result or its error. Errors of its own: those of `parse`, HT0110 for -C,
/// HT0950 when the result cannot be written. A base::Bug passes through.
int run_program(const Program& program, std::span<const std::string> words, const Surroundings& around);

}  // namespace haetae::cli
