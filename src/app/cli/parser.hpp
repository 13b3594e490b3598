// SPDX-License-Identifier: Apache-2.0
// From the words of a command line to a verb and what was given to it. Written by hand: `downgrade -1` and
// `history -r-2:` must mean revisions, `-d users head` must take one value, and two-word verbs and options before the
// verb must work, which CLI11 does only when it is fought.
#pragma once

#include <span>
#include <string>

#include "base/result.hpp"
#include "cli/verb.hpp"

namespace haetae::cli {

struct Request {
    enum class Kind {
        run,           ///< `verb` with `given`
        verb_help,     ///< `haetae VERB --help`
        program_help,  ///< `haetae --help`
        version,       ///< `haetae --version`
        nothing,       ///< no verb at all
    };
    Kind kind = Kind::nothing;
    const Verb* verb = nullptr;  ///< for run and verb_help
    Given given{};
};

/// Reads `words` (argv without the program's name). Options may stand before or after the verb and its arguments; `--`
/// ends them. A word that begins with `-` and a digit is an argument. `--help` wins over missing arguments.
/// Errors: HT0101 unknown verb, HT0103 unknown option, HT0104 value missing, HT0105 given twice, HT0106 value not
/// allowed, HT0107 argument missing, HT0108 argument too many, HT0109 empty value, HT0111 second word of the verb
/// missing.
base::Result<Request> parse(std::span<const Verb* const> verbs, std::span<const std::string> words);

}  // namespace haetae::cli
