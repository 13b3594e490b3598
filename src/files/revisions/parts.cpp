// SPDX-License-Identifier: Apache-2.0
// The scanner gives statements and line comments in the order of the file; the markers among the comments say which
// part a statement belongs to. What a part may not hold is refused here, before anything runs.
#include "revisions/parts.hpp"

#include <fmt/format.h>

#include "revisions/checksum.hpp"
#include "revisions/lines.hpp"
#include "revisions/marker.hpp"
#include "sql/splitter.hpp"

namespace haetae::revisions {

namespace {

class PartReader {
 public:
    PartReader(std::string_view text, std::string_view file) : text_(text), file_(file) {}

    base::Result<Parts> run();

 private:
    base::Status open(const Marker& marker);
    base::Status add(const sql::StatementSpan& span);
    base::Status check(const Statement& statement) const;
    [[nodiscard]] base::Error error(std::string code, std::string sentence, std::string hint, std::size_t offset,
                                    std::size_t length) const {
        return {.code = std::move(code),
                .sentence = std::move(sentence),
                .hint = std::move(hint),
                .span = base::span_at(file_, text_, offset, length)};
    }

    std::string_view text_;
    std::string_view file_;
    Parts parts_{};
    std::optional<MarkerKind> open_{};  // the part that statements go to
    std::size_t up_line_ = 0;
};

base::Status PartReader::open(const Marker& marker) {
    const auto refuse = [&](std::string sentence, std::string hint) {
        return error("HT0211", std::move(sentence), std::move(hint), marker.offset, marker.length);
    };
    const bool has_end = parts_.down.has_value() || parts_.irreversible_reason.has_value();
    switch (marker.kind) {
        case MarkerKind::up:
            if (open_) {
                return refuse(up_line_ > 0 ? fmt::format("a second up part; the first is in line {}", up_line_)
                                           : "the up part stands behind another part",
                              "a revision has one up part, and it comes first");
            }
            up_line_ = marker.line;
            parts_.up.mode = marker.mode;
            parts_.up.line = marker.line;
            break;
        case MarkerKind::backfill:
            if (has_end) return refuse("a backfill stands behind the down part", "move it between up and down");
            if (up_line_ == 0) return refuse("a backfill stands before the up part", "move it behind -- migrate:up");
            parts_.backfills.push_back({.options = marker.options, .line = marker.line});
            break;
        case MarkerKind::down:
            if (parts_.down) {
                return refuse(fmt::format("a second down part; the first is in line {}", parts_.down->line),
                              "a revision has one down part, and it comes last");
            }
            if (has_end) return refuse("an irreversible revision has a down part", "keep one of the two");
            if (up_line_ == 0) return refuse("the down part stands before the up part", "the up part comes first");
            parts_.down = Part{.mode = marker.mode, .line = marker.line};
            break;
        case MarkerKind::irreversible:
            if (parts_.down) return refuse("an irreversible revision has a down part", "keep one of the two");
            if (has_end) return refuse("migrate:irreversible stands twice", "keep one");
            if (up_line_ == 0)
                return refuse("migrate:irreversible stands before the up part", "the up part comes first");
            parts_.irreversible_reason = marker.reason;
            break;
    }
    open_ = marker.kind;
    return base::Done{};
}

base::Status PartReader::check(const Statement& statement) const {
    const auto& facts = statement.facts;
    const bool in_backfill = open_ == MarkerKind::backfill;
    const auto mode = open_ == MarkerKind::up ? parts_.up.mode
                      : parts_.down           ? parts_.down->mode
                                              : TransactionMode::automatic;
    if (facts.need == sql::TransactionNeed::control) {
        return error("HT0214", fmt::format("{} cannot be used in a revision", facts.kind),
                     mode == TransactionMode::off && !in_backfill
                         ? "take the statement out: each statement of a transaction=off part runs alone"
                         : "haetae opens and ends the transactions itself; take the statement out, or give its part "
                           "transaction=off to run each statement alone",
                     statement.offset, facts.kind.size());
    }
    if (facts.need != sql::TransactionNeed::outside) return base::Done{};
    if (!in_backfill && mode != TransactionMode::on) return base::Done{};
    return error("HT0215", fmt::format("{} cannot run in a transaction", facts.kind),
                 in_backfill ? "move it into the up part; a backfill runs in transactions"
                             : "write transaction=auto: haetae then runs it alone, between transactions",
                 statement.offset, facts.kind.size());
}

base::Status PartReader::add(const sql::StatementSpan& span) {
    if (!open_ || *open_ == MarkerKind::irreversible) {
        return error("HT0206", open_ ? "SQL stands behind migrate:irreversible" : "SQL stands before the first part",
                     open_ ? "an irreversible revision has no down part; remove it, or write -- migrate:down"
                           : "write -- migrate:up in a line of its own before it",
                     span.begin, std::min<std::size_t>(span.end - span.begin, 40));
    }
    Statement statement{
        .sql = std::string(text_.substr(span.begin, span.end - span.begin)), .offset = span.begin, .line = span.line};
    statement.facts = sql::facts_of(statement.sql);
    TRY(check(statement));
    auto& target = *open_ == MarkerKind::up     ? parts_.up.statements
                   : *open_ == MarkerKind::down ? parts_.down->statements
                                                : parts_.backfills.back().statements;
    target.push_back(std::move(statement));
    return base::Done{};
}

base::Result<Parts> PartReader::run() {
    const auto scan = TRY(sql::scan(text_, file_, is_marker));
    auto statement = scan.statements.begin();
    const auto add_until = [&](std::size_t offset) -> base::Status {
        for (; statement != scan.statements.end() && statement->begin < offset; ++statement) TRY(add(*statement));
        return base::Done{};
    };
    for (const auto& comment : scan.line_comments) {
        const auto marker = TRY(read_marker(text_, file_, comment));
        if (!marker) continue;
        TRY(add_until(comment.begin));
        TRY(open(*marker));
    }
    TRY(add_until(text_.size() + 1));
    if (!open_) {
        return error("HT0212", "the file has no up part", "write -- migrate:up before its first statement",
                     text_.size(), 1);
    }
    parts_.up_checksum = checksum_of(parts_.up, parts_.backfills);
    if (parts_.down) parts_.down_checksum = checksum_of(parts_.down->statements);
    return std::move(parts_);
}

}  // namespace

base::Result<Parts> cut_parts(std::string_view text, std::string_view file) {
    return PartReader(text, file).run();
}

}  // namespace haetae::revisions
