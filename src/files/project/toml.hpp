// SPDX-License-Identifier: Apache-2.0
// A TOML file as plain values with their places, in the order of the file. The only file that includes toml++ is
// toml.cpp: its headers are heavy, and its errors become ours there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "base/source_span.hpp"

namespace haetae::project {

struct TomlEntry;
struct TomlValue;
using TomlTable = std::vector<TomlEntry>;
using TomlArray = std::vector<TomlValue>;

/// A date, a time or a floating-point number: none of our keys takes one.
struct TomlOther {};

struct TomlValue {
    std::variant<std::string, std::int64_t, bool, TomlArray, TomlTable, TomlOther> content;
    std::size_t line = 0;    ///< from 1
    std::size_t column = 0;  ///< from 1, in characters
};

struct TomlEntry {
    std::string key;
    std::size_t line = 0;  ///< of the key
    std::size_t column = 0;
    TomlValue value;
};

/// The text of a project file under the name that messages give it.
struct TomlFile {
    std::string name;
    std::string text;

    /// The place at `line` and `column`, `length` characters long; a password on the line is masked.
    [[nodiscard]] base::SourceSpan span(std::size_t line, std::size_t column, std::size_t length = 1) const;
};

/// Error: HT0303 not TOML, with its place.
base::Result<TomlTable> parse_toml(const TomlFile& file);

}  // namespace haetae::project
