// SPDX-License-Identifier: Apache-2.0
// One simple-protocol message: our own statements around a revision's, and the way back from "statement number 7 failed
// at character 812" to the statement of the file it was.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "revisions/parts.hpp"

namespace haetae::execute {

class Message {
 public:
    /// Adds exactly one statement of ours, without a semicolon.
    void ours(std::string_view sql);
    /// As `ours`, for one that divides by zero where what it checks does not hold; `broken` says it to the user.
    void check(std::string_view sql, std::string broken);
    /// Adds statement number `index` (from 0) of the revision's part.
    void statement(const revisions::Statement& statement, std::size_t index);

    [[nodiscard]] const std::string& text() const { return text_; }

    /// A place in a revision's statement.
    struct Place {
        std::size_t statement = 0;  ///< number in the part, from 0
        std::size_t offset = 0;     ///< bytes from the statement's begin
    };
    /// Where a failure lies: by `position` (characters from 1 in the whole text; 0 = unknown), otherwise by the number
    /// of statements that had completed. Absent when it is one of ours.
    [[nodiscard]] std::optional<Place> place(std::size_t completed, std::size_t position) const;

    /// What it means that statement number `completed` failed, where it is a check.
    [[nodiscard]] std::optional<std::string> broken_check(std::size_t completed) const;

    /// True when one of the revision's statements is among the first `completed`.
    [[nodiscard]] bool has_begun(std::size_t completed) const;

 private:
    struct Piece {
        std::size_t begin;
        std::optional<std::size_t> statement{};
        std::optional<std::string> broken{};
    };
    std::string text_;
    std::vector<Piece> pieces_;
};

}  // namespace haetae::execute
