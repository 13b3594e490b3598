// SPDX-License-Identifier: Apache-2.0
// dbmate's markers with our options. What is nearly a marker is refused: as a comment it would move statements into
// another part in silence.
#include "revisions/marker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/nearest.hpp"
#include "base/source_span.hpp"
#include "revisions/lines.hpp"
#include "sql/lexer.hpp"

namespace haetae::revisions {

namespace {

constexpr std::array<std::string_view, 1> migrate = {"migrate"};
constexpr std::array<std::string_view, 4> names = {"up", "backfill", "down", "irreversible"};
constexpr std::array<std::string_view, 4> backfill_options = {"table", "batch", "pause", "throttle"};
constexpr std::string_view how_to_write =
    "parts start with -- migrate:up, -- migrate:backfill, -- migrate:down or -- migrate:irreversible";

/// A marker of ours or of another tool, misspelt or not, in the words of a comment; "" when the comment is none.
std::string meant_marker(std::string_view said) {
    std::string words = sql::lower(said);
    if (words.starts_with('+')) {  // goose: -- +goose Up; sql-migrate: -- +migrate Down
        const bool foreign = words.starts_with("+goose ") || words.starts_with("+migrate ");
        return foreign ? "-- migrate:" + std::string(words.find("down") != std::string::npos ? "down" : "up") : "";
    }
    const std::size_t colon = words.find_first_of(": ");
    if (colon == std::string::npos || !base::nearest(words.substr(0, colon), migrate)) return {};
    const auto rest = trimmed(std::string_view(words).substr(colon + 1));
    const auto second = rest.substr(0, std::min(rest.find_first_of(" \t="), rest.size()));
    const bool is_exact = words[colon] == ':' && colon == migrate[0].size();
    const bool goes_on = second.size() != rest.size() && rest.find('=') == std::string_view::npos;
    if (goes_on && !is_exact) return {};  // prose
    const auto name = base::nearest(second, names);
    return name ? "-- migrate:" + *name : "";
}

class MarkerReader {
 public:
    MarkerReader(std::string_view text, std::string_view file, const sql::LineComment& comment)
        : text_(text), file_(file), comment_(comment) {}

    base::Result<std::optional<Marker>> run();

 private:
    struct Option {
        std::string_view key;
        std::string value;
        std::string_view whole;  // a view into the text
    };

    base::Result<std::vector<Option>> options(std::string_view rest) const;
    base::Status take(Marker& marker, const Option& option) const;
    base::Status take_backfill(Marker& marker, const Option& option) const;
    [[nodiscard]] base::Error error(std::string code, std::string sentence, std::string hint,
                                    std::string_view at) const {
        return {.code = std::move(code),
                .sentence = std::move(sentence),
                .hint = std::move(hint),
                .span = base::span_at(file_, text_, static_cast<std::size_t>(at.data() - text_.data()), at.size())};
    }

    std::string_view text_;
    std::string_view file_;
    const sql::LineComment& comment_;
};

base::Result<std::vector<MarkerReader::Option>> MarkerReader::options(std::string_view rest) const {
    std::vector<Option> list;
    while (!(rest = trimmed(rest)).empty()) {
        const std::size_t key_end = rest.find_first_of("=: \t");
        if (key_end == std::string_view::npos || key_end == 0 || (rest[key_end] != '=' && rest[key_end] != ':')) {
            const auto word = rest.substr(0, std::max<std::size_t>(1, std::min(key_end, rest.size())));
            return error("HT0213", fmt::format("'{}' is no option of a marker", word),
                         "options are written key=value, without blanks around the =", word);
        }
        Option option{.key = rest.substr(0, key_end), .value = {}, .whole = {}};
        std::size_t end = key_end + 1;
        if (end < rest.size() && rest[end] == '"') {
            const std::size_t close = rest.find('"', end + 1);
            if (close == std::string_view::npos) {
                return error("HT0213", "a quoted value has no closing quote", "close it on the same line",
                             rest.substr(end));
            }
            option.value = std::string(rest.substr(end + 1, close - end - 1));
            end = close + 1;
        } else {
            const std::size_t stop = std::min(rest.find_first_of(" \t", end), rest.size());
            option.value = std::string(rest.substr(end, stop - end));
            end = stop;
        }
        option.whole = rest.substr(0, end);
        list.push_back(std::move(option));
        rest.remove_prefix(end);
    }
    return list;
}

bool is_duration(std::string_view value) {
    std::size_t digits = 0;
    while (digits < value.size() && value[digits] >= '0' && value[digits] <= '9') ++digits;
    const auto unit = value.substr(digits);
    return digits > 0 && digits <= 9 && (unit == "ms" || unit == "s" || unit == "min" || value == "0");
}

bool is_count(std::string_view value) {
    unsigned count = 0;
    const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), count);
    return fault == std::errc{} && end == value.data() + value.size() && count >= 1 && count <= 10'000'000;
}

base::Status MarkerReader::take_backfill(Marker& marker, const Option& option) const {
    const bool known =
        std::find(backfill_options.begin(), backfill_options.end(), option.key) != backfill_options.end();
    if (!known) {
        const auto near = base::nearest(option.key, backfill_options);
        return error("HT0213",
                     fmt::format("a backfill has no option '{}'{}", option.key,
                                 near ? fmt::format("; the nearest is '{}'", *near) : ""),
                     "known are table, batch, pause and throttle", option.whole);
    }
    if (option.key == "batch" && !is_count(option.value)) {
        return error("HT0213", fmt::format("'{}' is no batch size", option.value),
                     "write the rows of one batch, from 1 to 10000000, such as batch=5000", option.whole);
    }
    if (option.key == "pause" && !is_duration(option.value)) {
        return error("HT0213", fmt::format("'{}' is no pause", option.value), "write it as pause=20ms, 1s or 0",
                     option.whole);
    }
    if (option.value.empty()) {
        return error("HT0213", fmt::format("the option '{}' has no value", option.key),
                     "write one behind the =", option.whole);
    }
    const auto same_key = [&](const auto& other) { return other.first == option.key; };
    if (std::any_of(marker.options.begin(), marker.options.end(), same_key)) {
        return error("HT0213", fmt::format("the option '{}' stands twice", option.key), "keep one", option.whole);
    }
    marker.options.emplace_back(option.key, option.value);
    return base::Done{};
}

base::Status MarkerReader::take(Marker& marker, const Option& option) const {
    if (marker.kind == MarkerKind::backfill) return take_backfill(marker, option);
    const std::string_view wanted = marker.kind == MarkerKind::irreversible ? "reason" : "transaction";
    if (option.key != wanted) {
        return error("HT0213", fmt::format("this marker has no option '{}'", option.key),
                     wanted == "reason" ? "it takes reason=\"…\"" : "it takes transaction=on, off or auto",
                     option.whole);
    }
    if (wanted == "reason") {
        marker.reason = option.value;
    } else if (option.value == "on" || option.value == "true") {
        marker.mode = TransactionMode::on;
    } else if (option.value == "off" || option.value == "false") {
        marker.mode = TransactionMode::off;
    } else if (option.value == "auto") {
        marker.mode = TransactionMode::automatic;
    } else {
        return error("HT0213", fmt::format("'{}' is no transaction mode", option.value), "write on, off or auto",
                     option.whole);
    }
    return base::Done{};
}

base::Result<std::optional<Marker>> MarkerReader::run() {
    const auto comment = text_.substr(comment_.begin, comment_.end - comment_.begin);
    const auto said = trimmed(comment.substr(2));
    if (!is_marker(comment) || comment_.indented) {
        const std::string meant = meant_marker(said);
        if (meant.empty()) return std::optional<Marker>{};
        if (is_marker(comment)) {
            return error("HT0210", "a marker must stand at the very start of its line",
                         "take away the blanks before it, or reword the comment", comment);
        }
        return error("HT0210", "this comment is nearly a marker", fmt::format("write {}, or reword the comment", meant),
                     comment);
    }
    const auto name_and_rest = said.substr(std::string_view("migrate:").size());
    const auto name = name_and_rest.substr(0, std::min(name_and_rest.find_first_of(" \t"), name_and_rest.size()));
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
        const std::string meant = meant_marker(said);
        return error("HT0210", fmt::format("there is no part 'migrate:{}'", name),
                     meant.empty() ? std::string(how_to_write) : fmt::format("write {}", meant), comment);
    }
    Marker marker{.kind = static_cast<MarkerKind>(found - names.begin()),
                  .offset = comment_.begin,
                  .length = comment.size(),
                  .line = comment_.line};
    const auto list = TRY(options(name_and_rest.substr(name.size())));
    if (marker.kind != MarkerKind::backfill && list.size() > 1) {
        return error("HT0213", "this marker takes one option", "keep one of them", list[1].whole);
    }
    for (const auto& option : list) TRY(take(marker, option));
    return std::optional<Marker>(std::move(marker));
}

}  // namespace

base::Result<std::optional<Marker>> read_marker(std::string_view text, std::string_view file,
                                                const sql::LineComment& comment) {
    return MarkerReader(text, file, comment).run();
}

}  // namespace haetae::revisions
