// SPDX-License-Identifier: Apache-2.0
// Widths come from a table of our own, not from wcwidth: that one answers by the locale, and in the C locale, where
// CI jobs run, it knows no character beyond ASCII.
#include "os/terminal.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>

#include "os/signal.hpp"

namespace haetae::os {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

// Unicode 15 East_Asian_Width W and F, neighbouring blocks joined.
constexpr Range wide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},   {0x23F0, 0x23F0},
    {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x267F, 0x267F},
    {0x2693, 0x2693},   {0x26A1, 0x26A1},   {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},
    {0x26CE, 0x26CE},   {0x26D4, 0x26D4},   {0x26EA, 0x26EA},   {0x26F2, 0x26F3},   {0x26F5, 0x26F5},
    {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},   {0x2728, 0x2728},
    {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
    {0x27B0, 0x27B0},   {0x27BF, 0x27BF},   {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},
    {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0xA4CF},   {0xA960, 0xA97C},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6},   {0x16FE0, 0x18CFF}, {0x1AFF0, 0x1B2FF}, {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF},
    {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F265}, {0x1F300, 0x1F320}, {0x1F32D, 0x1F335},
    {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA}, {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0},
    {0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E}, {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D},
    {0x1F54B, 0x1F54E}, {0x1F550, 0x1F567}, {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4},
    {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5}, {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6D2}, {0x1F6D5, 0x1F6D7},
    {0x1F6DC, 0x1F6DF}, {0x1F6EB, 0x1F6EC}, {0x1F6F4, 0x1F6FC}, {0x1F7E0, 0x1F7F0}, {0x1F90C, 0x1F93A},
    {0x1F93C, 0x1F945}, {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD},
};

// Combining marks, joiners and variation selectors of the scripts people write SQL comments in; Hangul vowels and
// finals of decomposed text, which join the initial before them.
constexpr Range zero[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x093C, 0x093C},
    {0x0941, 0x0948}, {0x094D, 0x094D}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1160, 0x11FF},
    {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064}, {0x20D0, 0x20FF},
    {0x302A, 0x302D}, {0x3099, 0x309A}, {0xD7B0, 0xD7FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF},
};

template <std::size_t Count>
bool lies_in(char32_t character, const Range (&ranges)[Count]) {
    const auto* found = std::lower_bound(std::begin(ranges), std::end(ranges), character,
                                         [](const Range& range, char32_t c) { return range.last < c; });
    return found != std::end(ranges) && character >= found->first;
}

std::size_t width_of(char32_t character) {
    if (character < 0x20 || (character >= 0x7F && character < 0xA0)) return 0;
    if (character < 0x0300) return 1;
    if (lies_in(character, zero)) return 0;
    return lies_in(character, wide) ? 2 : 1;
}

// Takes the first character off `utf8`; a byte that begins none stands for itself.
char32_t take_character(std::string_view& utf8, std::size_t& bytes) {
    const auto lead = static_cast<unsigned char>(utf8.front());
    bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    char32_t character = bytes == 1 ? lead : lead & (0xFFU >> (bytes + 1));
    if (bytes > utf8.size()) bytes = 1;
    for (std::size_t i = 1; i < bytes; ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if ((byte & 0xC0U) != 0x80U) {
            bytes = 1;
            break;
        }
        character = (character << 6U) | (byte & 0x3FU);
    }
    if (bytes == 1 && lead >= 0x80) character = 0xFFFD;
    utf8.remove_prefix(bytes);
    return character;
}

}  // namespace

bool is_terminal(int descriptor) {
    return ::isatty(descriptor) == 1;
}

std::optional<std::string> read_line(int descriptor) {
    constexpr std::size_t bytes_max = 4096;
    std::string line;
    char byte = 0;
    while (line.size() < bytes_max) {
        // A signal restarts read() but not poll(); the limit is for one that comes just before.
        pollfd input{.fd = descriptor, .events = POLLIN, .revents = 0};
        constexpr int wait_ms = 200;
        const int ready = ::poll(&input, 1, wait_ms);
        if (interrupted() || (ready < 0 && errno != EINTR)) return std::nullopt;
        if (ready <= 0) continue;
        if (::read(descriptor, &byte, 1) <= 0) return std::nullopt;
        if (byte == '\n') return line;
        line += byte;
    }
    return std::nullopt;
}

std::size_t terminal_width(int descriptor) {
    winsize size{};
    if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
    return size.ws_col;
}

std::size_t display_width(std::string_view utf8) {
    std::size_t cells = 0;
    std::size_t bytes = 0;
    while (!utf8.empty()) cells += width_of(take_character(utf8, bytes));
    return cells;
}

std::string cut_to_width(std::string_view utf8, std::size_t cells) {
    if (display_width(utf8) <= cells) return std::string(utf8);
    if (cells == 0) return "";
    std::string_view rest = utf8;
    std::size_t used = 0;
    std::size_t kept = 0;
    while (!rest.empty()) {
        std::size_t bytes = 0;
        used += width_of(take_character(rest, bytes));
        if (used > cells - 1) break;
        kept += bytes;
    }
    return std::string(utf8.substr(0, kept)) + "…";
}

std::string pad_to_width(std::string_view utf8, std::size_t cells) {
    const std::size_t used = display_width(utf8);
    return std::string(utf8) + std::string(used < cells ? cells - used : 0, ' ');
}

base::Status write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = ::write(descriptor, text.data(), text.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && errno == EPIPE) return base::Done{};
        if (count < 0) {
            return base::Error{.code = "HT0950",
                               .sentence = std::string("the result cannot be written: ") + std::strerror(errno),
                               .hint = "look at the free space and the rights of where standard output leads"};
        }
        text.remove_prefix(static_cast<std::size_t>(count));
    }
    return base::Done{};
}

}  // namespace haetae::os
