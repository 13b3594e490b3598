// SPDX-License-Identifier: Apache-2.0
// Read with whole numbers, so that 0.1s is 100 ms and nothing depends on the locale.
#include "settings/duration.hpp"

#include <array>
#include <cstdint>

namespace haetae::settings {

namespace {

struct Unit {
    std::string_view name;
    std::int64_t microseconds;
};

constexpr std::array units{Unit{"d", 86'400'000'000}, Unit{"h", 3'600'000'000}, Unit{"min", 60'000'000},
                           Unit{"s", 1'000'000},      Unit{"ms", 1'000},        Unit{"us", 1}};
constexpr std::int64_t milliseconds_max = 2147483647;
constexpr std::size_t digits_max = 10;  // before the point; 10 digits times a day fit 64 bits only just

base::Error not_a_duration(std::string sentence) {
    return {
        .code = "HT0305",
        .sentence = std::move(sentence),
        .hint =
            "write a number and a unit, as PostgreSQL does: \"500ms\", \"3s\", \"5min\", \"2h\"; \"0\" means no limit"};
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

/// Takes the digits off the front of `text`.
std::string_view take_digits(std::string_view& text) {
    std::size_t length = 0;
    while (length < text.size() && is_digit(text[length])) ++length;
    const auto digits = text.substr(0, length);
    text.remove_prefix(length);
    return digits;
}

}  // namespace

base::Result<std::chrono::milliseconds> parse_duration(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('-')) return not_a_duration("a duration cannot be negative");
    const auto whole = take_digits(text);
    std::string_view fraction;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        fraction = take_digits(text);
        if (fraction.empty()) return not_a_duration("this is not a duration");
    }
    if (whole.empty()) return not_a_duration("this is not a duration");
    if (whole.size() > digits_max) return not_a_duration("the duration is longer than PostgreSQL takes (24 days)");
    const auto unit_name = trimmed(text);
    const bool zero = whole.find_first_not_of('0') == std::string_view::npos &&
                      fraction.find_first_not_of('0') == std::string_view::npos;
    if (unit_name.empty() && zero) return std::chrono::milliseconds(0);
    if (unit_name.empty()) return not_a_duration("the duration has no unit");

    for (const auto& unit : units) {
        if (unit.name != unit_name) continue;
        std::int64_t number = 0;
        for (const char digit : whole) number = number * 10 + (digit - '0');
        if (number > milliseconds_max * 1000 / unit.microseconds) {
            return not_a_duration("the duration is longer than PostgreSQL takes (24 days)");
        }
        std::int64_t microseconds = number * unit.microseconds;
        std::int64_t share = unit.microseconds;
        for (const char digit : fraction) {
            share /= 10;
            microseconds += share * (digit - '0');
        }
        std::int64_t milliseconds = (microseconds + 500) / 1000;
        if (milliseconds == 0 && !zero) milliseconds = 1;  // 0 would mean no limit at all
        if (milliseconds > milliseconds_max) {
            return not_a_duration("the duration is longer than PostgreSQL takes (24 days)");
        }
        return std::chrono::milliseconds(milliseconds);
    }
    return not_a_duration("the duration has an unknown unit");
}

std::string to_text(std::chrono::milliseconds duration) {
    const std::int64_t count = duration.count();
    if (count == 0) return "0";
    for (const auto& unit : units) {
        const std::int64_t size = unit.microseconds / 1000;
        if (size > 0 && count % size == 0) return std::to_string(count / size) + std::string(unit.name);
    }
    return std::to_string(count) + "ms";
}

}  // namespace haetae::settings
