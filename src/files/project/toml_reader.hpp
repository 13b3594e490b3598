// SPDX-License-Identifier: Apache-2.0
// From TOML values to typed settings: a table is read by a list of fields, so that the list of known keys and the code
// that takes them cannot differ. Every complaint has its place in the file.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "project/toml.hpp"

namespace haetae::project {

/// A known key of a table, and what takes its value.
struct Field {
    std::string_view name;
    std::function<base::Status(const TomlEntry&)> take;
};

class TomlReader {
 public:
    explicit TomlReader(const TomlFile& file) : file_(file) {}

    /// Gives each entry to its field. `title` names the table in messages: "[env.local]".
    /// Error: HT0304 unknown key, with the nearest; or what a field says.
    base::Status read(const TomlTable& table, std::string_view title, const std::vector<Field>& fields) const;

    // Typed values. Error: HT0305 wrong type or a value that cannot be.
    base::Result<std::string> text(const TomlEntry& entry) const;  ///< not empty, no control characters
    base::Result<bool> boolean(const TomlEntry& entry) const;
    base::Result<int> number(const TomlEntry& entry, int min, int max) const;
    base::Result<std::chrono::milliseconds> duration(const TomlEntry& entry) const;
    base::Result<std::vector<std::string>> texts(const TomlEntry& entry) const;
    base::Result<TomlTable> table(const TomlEntry& entry) const;
    base::Result<std::string> schema_name(const TomlEntry& entry) const;  ///< no longer than PostgreSQL takes, not pg_…
    base::Result<std::string> identifier(const TomlEntry& entry) const;
    base::Result<std::string> variable_name(const TomlEntry& entry) const;
    base::Result<std::string> inner_path(const TomlEntry& entry) const;  ///< relative, without '..'
    base::Result<std::string> rule_name(const TomlEntry& entry, const std::string& name) const;

    /// One of several words.
    template <typename Value>
    base::Result<Value> choice(const TomlEntry& entry,
                               std::span<const std::pair<std::string_view, Value>> choices) const {
        const std::string word = TRY(text(entry));
        std::vector<std::string_view> words;
        for (const auto& [known, value] : choices) {
            if (known == word) return value;
            words.push_back(known);
        }
        return no_such_word(entry, words);
    }

    /// HT0305 at the value of `entry`.
    [[nodiscard]] base::Error wrong_value(const TomlEntry& entry, std::string sentence, std::string hint) const;
    /// The place of the key.
    [[nodiscard]] base::SourceSpan key_span(const TomlEntry& entry) const;

 private:
    [[nodiscard]] base::Error wrong_type(const TomlEntry& entry, std::string_view wanted, std::string hint) const;
    [[nodiscard]] base::Error no_such_word(const TomlEntry& entry, const std::vector<std::string_view>& words) const;

    const TomlFile& file_;
};

}  // namespace haetae::project
