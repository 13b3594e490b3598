// SPDX-License-Identifier: Apache-2.0
// The command line as data: a verb with its options and arguments. One file (parser.cpp) turns them into CLI11.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace haetae::cli {

struct Option {
    enum class Kind { flag, value, repeated };
    std::string_view name;        ///< "--head"
    char letter = 0;              ///< 'm' for -m; 0 = none
    Kind kind = Kind::flag;
    std::string_view value_name;  ///< "REV"; empty for a flag
    std::string_view help;
};

struct Argument {
    std::string_view name;  ///< "REV"
    std::string_view help;
    std::size_t count_min = 0;
    std::size_t count_max = 1;
};

/// The output of a verb's parse: what was given, nothing interpreted.
class Given {
 public:
    std::map<std::string, std::vector<std::string>, std::less<>> options;  ///< by long name, "--head"
    std::vector<std::string> arguments;

    [[nodiscard]] bool has(std::string_view name) const { return options.find(name) != options.end(); }
    [[nodiscard]] std::optional<std::string> value(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> values(std::string_view name) const;
    [[nodiscard]] bool json() const { return value("--format") == "json"; }
};

enum class Group { author, look, check, run, protect, adopt, scale, help };

struct Verb {
    std::string_view name;     ///< "domain add" for a verb of two words
    Group group;
    std::string_view summary;  ///< one line, for the list
    std::string_view description;
    std::string_view example;
    std::vector<Argument> arguments;
    std::vector<Option> options;  ///< besides the common ones
    /// Returns the exit code, or what went wrong.
    base::Result<int> (*run)(const Given& given);
};

}  // namespace haetae::cli
