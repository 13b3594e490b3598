// SPDX-License-Identifier: Apache-2.0
// The bar stands on the last line, without a line end; whatever else is said wipes it first and draws it again below.
#include "cli/talk.hpp"

#include <utility>

#include "cli/colour.hpp"

namespace haetae::cli {

namespace {
constexpr std::string_view wipe = "\r\x1b[K";
}

Talk::Talk(Manner manner, Write write, Ask ask) : manner_(manner), write_(std::move(write)), ask_(std::move(ask)) {}

Talk::~Talk() {
    end_progress();
}

void Talk::line(std::string_view text) {
    if (!manner_.quiet) write_line(text);
}

void Talk::note(std::string_view text) {
    if (!manner_.quiet) write_line(painted("note:", Colour::blue, manner_.colour) + " " + std::string(text));
}

void Talk::warning(std::string_view text) {
    write_line(painted("warning:", Colour::yellow, manner_.colour) + " " + std::string(text));
}

void Talk::detail(std::string_view text) {
    if (manner_.verbose) write_line(text);
}

void Talk::progress(const os::Progress& progress) {
    if (manner_.quiet || progress == shown_) return;
    shown_ = progress;
    if (!manner_.terminal) {
        write_line(os::progress_line(progress));
        return;
    }
    // One cell stays free: a full last column makes some terminals begin a new line.
    write_(std::string(wipe) + os::progress_bar(progress, manner_.width - 1));
    bar_stands_ = true;
}

std::optional<std::string> Talk::ask(std::string_view question) {
    end_progress();
    return ask_ ? ask_(question) : std::nullopt;
}

void Talk::end_progress() {
    if (bar_stands_) write_(wipe);
    bar_stands_ = false;
    shown_ = {};
}

void Talk::write_line(std::string_view text) {
    std::string whole = bar_stands_ ? std::string(wipe) : std::string();
    whole += text;
    whole += '\n';
    if (bar_stands_) whole += os::progress_bar(shown_, manner_.width - 1);
    write_(whole);
}

}  // namespace haetae::cli
