// SPDX-License-Identifier: Apache-2.0
// The command line as data: a verb with its options and arguments, and what was given to it. parser.cpp reads a command
// line by this, help.cpp writes the help from it; a verb never sees argv, and never prints.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace haetae::cli {

class Talk;

/// A value name or argument name in lower case with bars, `text|json`, is a closed choice: the parser refuses other
/// words. In capitals, `CODE|RULE`, it is only for reading.
struct Option {
    enum class Kind { flag, value, repeated };
    std::string_view name;  ///< "--head"
    char letter = 0;        ///< 'm' for -m; 0 = none
    Kind kind = Kind::flag;
    std::string_view value_name{};  ///< "REV"; empty for a flag
    std::string_view help;
};

struct Argument {
    std::string_view name;  ///< "REV"
    std::string_view help;
    std::size_t count_min = 0;
    std::size_t count_max = 1;
    static constexpr std::size_t any = SIZE_MAX;
};

/// What was given on the command line, by long name: nothing interpreted, nothing empty.
class Given {
 public:
    std::map<std::string, std::vector<std::string>, std::less<>> options;
    std::vector<std::string> arguments;

    [[nodiscard]] bool has(std::string_view name) const { return options.find(name) != options.end(); }
    [[nodiscard]] std::optional<std::string> value(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> values(std::string_view name) const;
    /// Argument number `index`, where there are so many.
    [[nodiscard]] std::optional<std::string> argument(std::size_t index) const;
    [[nodiscard]] bool json() const { return value("--format") == "json"; }
};

/// What a verb leaves behind: the text for standard output, what is said below it, and the exit code.
struct Output {
    std::string text{};
    int exit_code = 0;
    std::vector<std::string>
        next{};  ///< lines for standard error once the text stands: what to do next; not when quiet
};

enum class Group { author, look, check, run, protect, adopt, scale, help };

struct Verb {
    std::string_view name;  ///< "domain add" for a verb of two words
    Group group;
    std::string_view summary;      ///< one line without a full stop, for the list
    std::string_view description;  ///< Markdown paragraphs, shown as they are
    std::string_view example;      ///< one or more command lines
    std::vector<Argument> arguments{};
    std::vector<Option> options{};  ///< besides the common ones; one of the same name replaces the common one
    /// `-C` has been obeyed: the working directory is the one that counts.
    base::Result<Output> (*run)(const Given& given, Talk& talk);
};

/// -C, -d, -e, --url, --format, -q, -v, --no-color, --help.
std::span<const Option> common_options();

/// The options that `verb` takes: its own, then the common ones it does not replace.
std::vector<Option> options_of(const Verb& verb);

/// The words of a closed choice (`text|json`); empty where the name is none.
std::vector<std::string_view> choices_of(std::string_view value_name);

}  // namespace haetae::cli
