// SPDX-License-Identifier: Apache-2.0
// The comment lines of a revision file as the header and the markers see them, and the small cutting of texts that
// both need.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace haetae::revisions {

/// A `-- …` line: what follows the dashes, without outer blanks, and where that begins in the file.
struct CommentLine {
    std::string_view text;
    std::size_t offset = 0;
};

std::string_view trimmed(std::string_view text);

/// `text` cut at each `separator`, the pieces trimmed.
std::vector<std::string_view> split(std::string_view text, char separator);

/// True for a comment (with its dashes) that starts a part: `-- migrate:…`, any number of blanks after the dashes.
bool is_marker(std::string_view comment);

struct HeaderLines {
    std::vector<CommentLine> lines{};
    bool is_complete = false;  ///< another whole line follows: however the text goes on, these are the lines
};

/// The comment lines before the first marker and the first line that is neither comment nor blank; views into `text`.
HeaderLines header_lines(std::string_view text);

}  // namespace haetae::revisions
