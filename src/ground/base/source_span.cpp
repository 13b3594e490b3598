// SPDX-License-Identifier: Apache-2.0
// Bytes to lines and characters, for showing places in source text.
#include "base/source_span.hpp"

#include <algorithm>

namespace haetae::base {

namespace {

bool is_continuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

}  // namespace

std::size_t count_characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return !is_continuation(c); }));
}

std::size_t byte_offset_of_character(std::string_view utf8, std::size_t index) {
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        if (is_continuation(utf8[i])) continue;
        if (index == 0) return i;
        --index;
    }
    return utf8.size();
}

SourceSpan span_at(std::string_view file, std::string_view text, std::size_t offset, std::size_t length) {
    offset = std::min(offset, text.size());
    const auto before = text.substr(0, offset);
    const auto last_break = before.rfind('\n');
    const std::size_t line_begin = last_break == std::string_view::npos ? 0 : last_break + 1;
    std::size_t line_end = text.find('\n', offset);
    if (line_end == std::string_view::npos) line_end = text.size();
    auto line_text = text.substr(line_begin, line_end - line_begin);
    if (line_text.ends_with('\r')) line_text.remove_suffix(1);

    const std::size_t in_line = std::min(offset - line_begin, line_text.size());
    const std::size_t covered = std::min(length, line_text.size() - in_line);
    return {.file = std::string(file),
            .line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1,
            .column = count_characters(line_text.substr(0, in_line)) + 1,
            .length = std::max<std::size_t>(1, count_characters(line_text.substr(in_line, covered))),
            .line_text = std::string(line_text)};
}

bool is_utf8(std::string_view text, std::size_t& bad_offset) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    for (std::size_t i = 0; i < text.size();) {
        const unsigned char lead = byte(i);
        std::size_t length = 1;
        unsigned char second_min = 0x80;
        unsigned char second_max = 0xBF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            length = 2;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            length = 3;
            if (lead == 0xE0) second_min = 0xA0;
            if (lead == 0xED) second_max = 0x9F;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            length = 4;
            if (lead == 0xF0) second_min = 0x90;
            if (lead == 0xF4) second_max = 0x8F;
        } else if (lead >= 0x80) {
            bad_offset = i;
            return false;
        }
        bool sound = i + length <= text.size();
        for (std::size_t k = 1; sound && k < length; ++k) sound = is_continuation(text[i + k]);
        if (sound && length > 1) sound = byte(i + 1) >= second_min && byte(i + 1) <= second_max;
        if (!sound) {
            bad_offset = i;
            return false;
        }
        i += length;
    }
    return true;
}

}  // namespace haetae::base
