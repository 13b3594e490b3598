// SPDX-License-Identifier: Apache-2.0
// PostgreSQL answers a simple-protocol message with one result a statement, and counts error positions in characters of
// the whole text (protocol chapter, "Simple Query" and error field P).
#include "execute/message.hpp"

#include <algorithm>

namespace haetae::execute {

void Message::ours(std::string_view sql) {
    pieces_.push_back({.begin = text_.size()});
    text_.append(sql).append(";\n");
}

void Message::check(std::string_view sql, std::string broken) {
    ours(sql);
    pieces_.back().broken = std::move(broken);
}

void Message::statement(const revisions::Statement& statement, std::size_t index) {
    pieces_.push_back({.begin = text_.size(), .statement = index});
    text_.append(statement.sql).append(";\n");
}

std::optional<Message::Place> Message::place(std::size_t completed, std::size_t position) const {
    if (position > 0) {
        const auto offset = base::byte_offset_of_character(text_, position - 1);
        const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                                            [](std::size_t at, const Piece& piece) { return at < piece.begin; });
        if (after == pieces_.begin()) return std::nullopt;
        const auto& piece = *std::prev(after);
        if (!piece.statement) return std::nullopt;
        return Place{.statement = *piece.statement, .offset = offset - piece.begin};
    }
    if (completed >= pieces_.size() || !pieces_[completed].statement) return std::nullopt;
    return Place{.statement = *pieces_[completed].statement, .offset = 0};
}

std::optional<std::string> Message::broken_check(std::size_t completed) const {
    return completed < pieces_.size() ? pieces_[completed].broken : std::nullopt;
}

bool Message::has_begun(std::size_t completed) const {
    const auto end = pieces_.begin() + static_cast<std::ptrdiff_t>(std::min(completed, pieces_.size()));
    return std::any_of(pieces_.begin(), end, [](const Piece& piece) { return piece.statement.has_value(); });
}

}  // namespace haetae::execute
