// SPDX-License-Identifier: Apache-2.0
// The program: streams, signals, and the one place that catches what was never meant to be thrown.
#include <unistd.h>

#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/program.hpp"
#include "connect/library_version.hpp"
#include "os/environment.hpp"
#include "os/signal.hpp"
#include "os/terminal.hpp"
#include "verbs/verb_list.hpp"

namespace {

constexpr int exit_bug = 70;

void write_talk(std::string_view text) {
    // Where even standard error is closed there is nobody left to tell.
    static_cast<void>(haetae::os::write_all(STDERR_FILENO, text).ok());
}

std::optional<std::string> ask(std::string_view question) {
    write_talk(question);
    return haetae::os::read_line(STDIN_FILENO);
}

int report_defect(const char* what) {
    write_talk(std::string("error: this is a bug of haetae: ") + what +
               "\nhelp: please report it, with this message, the command line and `haetae --version -v`\n");
    return exit_bug;
}

}  // namespace

int main(int argc, char** argv) {
    namespace os = haetae::os;
    try {
        os::watch_signals(
            "\nleft at once: if a database was being changed, the server may still be finishing or undoing a "
            "statement;\n"
            "`haetae current` and `haetae status` say what stands\n");
        const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
        const bool can_ask = os::is_terminal(STDIN_FILENO) && os::is_terminal(STDERR_FILENO);
        const haetae::cli::Surroundings around{
            .write_result = [](std::string_view text) { return os::write_all(STDOUT_FILENO, text); },
            .write_talk = write_talk,
            .ask = can_ask ? ask : std::function<std::optional<std::string>(std::string_view)>(),
            .talk_is_terminal = os::is_terminal(STDERR_FILENO),
            .colour_wanted = os::environment_variable("NO_COLOR").value_or("").empty(),
            .width = os::terminal_width(STDERR_FILENO)};
        const haetae::cli::Program program{
            .verbs = haetae::verbs::verb_list(), .version = "haetae " HAETAE_VERSION, .versions = [] {
                return "libpq " + haetae::connect::library_version() + "\n";
            }};
        return haetae::cli::run_program(program, words, around);
    } catch (const std::exception& defect) {
        return report_defect(defect.what());
    } catch (...) {
        return report_defect("something unknown was thrown");
    }
}
