// SPDX-License-Identifier: Apache-2.0
// The only place where a verb is called, and the only one where results and errors meet the streams.
#include "cli/program.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "cli/error_catalog.hpp"
#include "cli/error_text.hpp"
#include "cli/help.hpp"
#include "cli/parser.hpp"
#include "cli/talk.hpp"
#include "os/signal.hpp"

namespace haetae::cli {

namespace {

constexpr int exit_usage = 2;

int show_error(const base::Error& error, const Surroundings& around, bool colour) {
    around.write_talk(error_text(error, colour));
    if (find_error_page(error.code) == nullptr) {
        around.write_talk(fmt::format("this error code has no page: that is a bug of haetae, please report it\n"));
    }
    return exit_code_of(error, os::interrupted().value_or(0));
}

base::Status enter_folder(const Given& given) {
    const auto folder = given.value("--directory");
    if (!folder || ::chdir(folder->c_str()) == 0) return base::Done{};
    return base::Error{.code = "HT0110",
                       .sentence = fmt::format("cannot work in {}: {}", *folder, std::strerror(errno)),
                       .hint = "-C takes the folder of a project, or one inside it"};
}

base::Result<Output> outcome_of(const Program& program, const Request& request, Talk& talk) {
    switch (request.kind) {
        case Request::Kind::run:
            TRY(enter_folder(request.given));
            return request.verb->run(request.given, talk);
        case Request::Kind::verb_help:
            return Output{.text = verb_help(*request.verb)};
        case Request::Kind::program_help:
            return Output{.text = program_help(program.verbs)};
        case Request::Kind::version:
            return Output{.text = program.version + "\n" + (request.given.has("--verbose") ? program.versions() : "")};
        case Request::Kind::nothing:
            talk.warning("no verb is given");
            talk.line(program_help(program.verbs));
            return Output{.exit_code = exit_usage};
    }
    return Output{};
}

}  // namespace

int run_program(const Program& program, std::span<const std::string> words, const Surroundings& around) {
    const bool colour_possible = around.talk_is_terminal && around.colour_wanted;
    auto request = parse(program.verbs, words);
    if (!request) {
        const bool refused = std::find(words.begin(), words.end(), "--no-color") != words.end();
        return show_error(request.error(), around, colour_possible && !refused);
    }

    const Given& given = request->given;
    const bool colour = colour_possible && !given.has("--no-color");
    Talk talk({.quiet = given.has("--quiet"),
               .verbose = given.has("--verbose"),
               .colour = colour,
               .terminal = around.talk_is_terminal,
               .width = around.width},
              around.write_talk, around.ask);
    const auto outcome = outcome_of(program, *request, talk);
    talk.end_progress();
    if (!outcome) return show_error(outcome.error(), around, colour);
    const auto written = outcome->text.empty() ? base::Status(base::Done{}) : around.write_result(outcome->text);
    if (written) {
        for (const std::string& line : outcome->next) talk.line(line);
        return outcome->exit_code;
    }
    auto error = written.error();
    error.clauses.push_back(fmt::format("the verb itself had ended with exit code {}", outcome->exit_code));
    return show_error(error, around, colour);
}

}  // namespace haetae::cli
