// SPDX-License-Identifier: Apache-2.0
// Cells on a terminal, and writing to a stream that is full or has no reader.
#include "os/terminal.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <optional>
#include <string>
#include <vector>

#include "os/signal.hpp"

namespace haetae::os {
namespace {

/// The lines that are read from a pipe into which `text` was written.
std::vector<std::optional<std::string>> lines_of(std::string_view text, std::size_t count) {
    int ends[2] = {};
    EXPECT_EQ(::pipe(ends), 0);
    EXPECT_TRUE(write_all(ends[1], text));
    ::close(ends[1]);
    std::vector<std::optional<std::string>> lines;
    for (std::size_t i = 0; i < count; ++i) lines.push_back(read_line(ends[0]));
    ::close(ends[0]);
    return lines;
}

TEST(ReadLine, takes_one_line_and_leaves_the_next) {
    EXPECT_EQ(lines_of("game\n\nrest", 3), (std::vector<std::optional<std::string>>{"game", "", std::nullopt}));
}

TEST(ReadLine, gives_up_on_an_interrupt) {
    watch_signals();
    int ends[2] = {};
    ASSERT_EQ(::pipe(ends), 0);
    ASSERT_EQ(::raise(SIGINT), 0);
    EXPECT_EQ(read_line(ends[0]), std::nullopt);
    forget_interrupt();
    ::close(ends[0]);
    ::close(ends[1]);
}

TEST(DisplayWidth, counts_korean_as_two_cells_and_accents_as_one) {
    EXPECT_EQ(display_width("accounts"), 8U);
    EXPECT_EQ(display_width("계정"), 4U);
    EXPECT_EQ(display_width("é"), 1U);
    EXPECT_EQ(display_width("表 テ"), 5U);
    EXPECT_EQ(display_width("🚀"), 2U);
    EXPECT_EQ(display_width(""), 0U);
}

TEST(DisplayWidth, gives_combining_marks_and_decomposed_hangul_no_cells_of_their_own) {
    EXPECT_EQ(display_width("e\u0301"), 1U);
    EXPECT_EQ(display_width("\u1112\u1161\u11ab"), 2U);
    EXPECT_EQ(display_width("\u200b"), 0U);
}

TEST(DisplayWidth, counts_a_stray_byte_as_one_cell) {
    EXPECT_EQ(display_width("a\xff"
                            "b"),
              3U);
    EXPECT_EQ(display_width("\xea\xb3"), 2U);
    EXPECT_EQ(display_width("\xf0"), 1U);
}

TEST(CutToWidth, leaves_what_fits_and_marks_what_it_cut) {
    EXPECT_EQ(cut_to_width("users", 5), "users");
    EXPECT_EQ(cut_to_width("users", 4), "use…");
    EXPECT_EQ(cut_to_width("계정계정", 5), "계정…");
    EXPECT_EQ(cut_to_width("계정계정", 4), "계…");
    EXPECT_EQ(cut_to_width("users", 0), "");
}

TEST(PadToWidth, fills_by_cells_not_by_bytes) {
    EXPECT_EQ(pad_to_width("계정", 6), "계정  ");
    EXPECT_EQ(pad_to_width("users", 3), "users");
}

TEST(WriteAll, reports_a_full_disk) {
    const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    ASSERT_GE(full, 0);
    const auto outcome = write_all(full, "text");
    ::close(full);
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, "HT0950");
}

TEST(WriteAll, is_content_when_the_reader_has_gone) {
    watch_signals();
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    ::close(ends[0]);
    EXPECT_TRUE(write_all(ends[1], "text").ok());
    ::close(ends[1]);
}

}  // namespace
}  // namespace haetae::os
