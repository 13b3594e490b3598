// SPDX-License-Identifier: Apache-2.0
// What haetae says while it works, on standard error: notes, warnings, progress. The result is not talk; a verb returns
// it. On a terminal progress is a bar that redraws itself; elsewhere each step is a line of its own.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "os/progress.hpp"

namespace haetae::cli {

class Talk {
 public:
    struct Manner {
        bool quiet = false;
        bool verbose = false;
        bool colour = false;
        bool terminal = false;  ///< progress may redraw itself
        std::size_t width = 80;
    };
    using Write = std::function<void(std::string_view)>;

    /// Shows a question and waits for a line; nothing where none came.
    using Ask = std::function<std::optional<std::string>(std::string_view question)>;

    /// `ask` is empty where nobody can be asked.
    Talk(Manner manner, Write write, Ask ask = {});
    ~Talk();  ///< wipes a bar that still stands
    Talk(const Talk&) = delete;
    Talk& operator=(const Talk&) = delete;

    void line(std::string_view text);     ///< as it is; not when quiet
    void note(std::string_view text);     ///< "note: …"; not when quiet
    void warning(std::string_view text);  ///< "warning: …"; always
    void detail(std::string_view text);   ///< as it is, only when verbose
    /// Shows where the work stands; not when quiet. A repeated state says nothing again.
    void progress(const os::Progress& progress);
    /// Wipes the bar; on other streams nothing, for their lines stay.
    void end_progress();

    /// Is there a terminal with somebody to ask?
    [[nodiscard]] bool can_ask() const { return static_cast<bool>(ask_); }
    /// Also when quiet. Nothing where nobody answers.
    std::optional<std::string> ask(std::string_view question);

    [[nodiscard]] const Manner& manner() const { return manner_; }

 private:
    void write_line(std::string_view text);

    Manner manner_;
    Write write_;
    Ask ask_;
    os::Progress shown_{};
    bool bar_stands_ = false;
};

}  // namespace haetae::cli
