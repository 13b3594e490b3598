// SPDX-License-Identifier: Apache-2.0
// The caret is placed by cells, not characters: before it stand as many blanks as the text above takes on a terminal,
// and tabs are shown as blanks, for nobody knows where a reader's tab stops lie.
#include "cli/error_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "cli/colour.hpp"
#include "cli/error_catalog.hpp"
#include "os/terminal.hpp"

namespace haetae::cli {

namespace {

constexpr int exit_interrupted = 130;
constexpr int exit_bug = 70;

// Control characters would let a file's text move the cursor or colour the terminal.
std::string shown_line(std::string_view text) {
    std::string shown;
    for (const char c : text) {
        if (c == '\t') {
            shown += "    ";
        } else {
            shown += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
        }
    }
    return shown;
}

// A window of a very long line around the place, so that a 10,000-character statement does not fill the screen.
struct Window {
    std::string before;
    std::string marked;
    std::string after;
};

Window window_of(const base::SourceSpan& span) {
    constexpr std::size_t before_max = 80;
    constexpr std::size_t marked_max = 80;
    constexpr std::size_t after_max = 60;
    const std::string_view line = span.line_text;
    const auto bytes = [&](std::size_t character) { return base::byte_offset_of_character(line, character); };
    const std::size_t place = span.column == 0 ? 0 : span.column - 1;
    const std::size_t first = place > before_max ? place - before_max : 0;
    const std::size_t marked_end = place + std::min(std::max<std::size_t>(1, span.length), marked_max);
    const auto piece = [&](std::size_t from, std::size_t to) {
        return shown_line(line.substr(bytes(from), bytes(to) - bytes(from)));
    };
    Window window{piece(first, place), piece(place, marked_end), piece(marked_end, marked_end + after_max)};
    if (first > 0) window.before = "…" + window.before;
    if (bytes(marked_end + after_max) < line.size()) window.after += "…";
    return window;
}

std::string source_text(const base::SourceSpan& span, bool colour) {
    const auto painted_blue = [&](std::string_view text) { return painted(text, Colour::blue, colour); };
    std::string place = span.file.empty() ? "<command line>" : span.file;
    if (span.line > 0) place += fmt::format(":{}", span.line);
    if (span.line > 0 && span.column > 0) place += fmt::format(":{}", span.column);
    std::string text = fmt::format(" {} {}\n", painted_blue("-->"), place);
    if (span.line == 0 || span.line_text.empty()) return text;

    const std::string number = fmt::format("{}", span.line);
    const std::string margin(number.size(), ' ');
    const Window window = window_of(span);
    text += fmt::format("{} {}\n", margin, painted_blue("|"));
    text += fmt::format("{} {}{}{}\n", painted_blue(number + " |"), window.before, window.marked, window.after);
    if (span.column == 0) return text;
    const std::size_t carets = std::max<std::size_t>(1, os::display_width(window.marked));
    text += fmt::format("{} {} {}{}\n", margin, painted_blue("|"), std::string(os::display_width(window.before), ' '),
                        painted(std::string(carets, '^'), Colour::red, colour));
    return text;
}

// Later lines of a text of several stand below its first.
std::string indented(std::string_view label, std::string_view text, bool colour, Colour hue) {
    std::string out = painted(label, hue, colour) + " ";
    const std::string margin(label.size() + 1, ' ');
    while (text.ends_with('\n')) text.remove_suffix(1);
    for (const char c : text) {
        out += c;
        if (c == '\n') out += margin;
    }
    return out + "\n";
}

}  // namespace

std::string error_text(const base::Error& error, bool colour) {
    std::string text =
        painted(fmt::format("error[{}]:", error.code), Colour::red, colour) + " " + error.sentence + "\n";
    if (error.span) text += source_text(*error.span, colour);
    if (!error.detail.empty()) text += indented("detail:", error.detail, colour, Colour::bold);
    for (const std::string& clause : error.clauses) text += fmt::format("  {}\n", clause);
    if (!error.database_state.empty()) text += indented("database:", error.database_state, colour, Colour::bold);
    if (!error.hint.empty()) text += indented("help:", error.hint, colour, Colour::green);
    return text;
}

int exit_code_of(const base::Error& error, int interrupt_signal) {
    const ErrorPage* page = find_error_page(error.code);
    if (page == nullptr) return exit_bug;
    return page->exit_code == exit_interrupted && interrupt_signal != 0 ? 128 + interrupt_signal : page->exit_code;
}

}  // namespace haetae::cli
