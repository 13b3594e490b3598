// SPDX-License-Identifier: Apache-2.0
// Reading, performing and rewriting a case. The shell redirects the streams, so that they stay apart.
#include "case.hpp"

#include <chrono>
#include <filesystem>

#include "os/environment.hpp"
#include "os/file.hpp"
#include "os/process.hpp"

namespace haetae::golden {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t bytes_max = std::size_t{16} * 1024 * 1024;
constexpr std::chrono::minutes time_max{2};

std::string content_or_empty(const std::string& path) {
    const auto content = os::read_file(path, bytes_max);
    return content ? *content : "";
}

base::Status write_or_remove(const std::string& path, const std::string& content) {
    if (!content.empty()) return os::write_file(path, content);
    std::error_code ignored;
    fs::remove(path, ignored);
    return base::Done{};
}

base::Status set_up(const Case& golden, const Stage& stage, const std::string& haetae) {
    for (const char* name : {"project", "home", "bin"}) TRY(os::make_folder(stage.folder + "/" + name));
    std::error_code failure;
    fs::create_symlink(haetae, stage.folder + "/bin/haetae", failure);
    if (!failure && os::is_folder(golden.folder + "/project")) {
        fs::copy(golden.folder + "/project", stage.folder + "/project", fs::copy_options::recursive, failure);
    }
    if (failure) return base::Error{.code = "golden", .sentence = "cannot set the stage: " + failure.message()};
    return base::Done{};
}

}  // namespace

bool Case::needs_server() const {
    return os::is_file(folder + "/server");
}

Outcome Case::expected() const {
    const std::string exit_code = content_or_empty(folder + "/exit_code");
    return {.out = content_or_empty(folder + "/stdout"),
            .err = content_or_empty(folder + "/stderr"),
            .exit_code = exit_code.empty() ? 0 : std::stoi(exit_code)};
}

base::Status Case::accept(const Outcome& outcome) const {
    TRY(write_or_remove(folder + "/stdout", outcome.out));
    TRY(write_or_remove(folder + "/stderr", outcome.err));
    return write_or_remove(folder + "/exit_code",
                           outcome.exit_code == 0 ? "" : std::to_string(outcome.exit_code) + "\n");
}

base::Result<Outcome> perform(const Case& golden, const Stage& stage, const std::string& haetae) {
    TRY(set_up(golden, stage, haetae));
    const std::string out = stage.folder + "/stdout";
    const std::string err = stage.folder + "/stderr";

    os::Command command{.program = "/usr/bin/env", .working_folder = stage.folder + "/project"};
    command.arguments = {"-i",
                         "PATH=" + stage.folder + "/bin:/usr/bin:/bin",
                         "HOME=" + stage.folder + "/home",
                         "TZ=UTC",
                         "LANG=C.UTF-8",
                         "USER=golden"};
    if (!stage.database_url.empty()) command.arguments.push_back("DATABASE_URL=" + stage.database_url);
    if (const auto programs = os::environment_variable("HAETAE_PG_BIN")) {
        command.arguments.push_back("HAETAE_PG_BIN=" + *programs);
    }
    for (const std::string& word : {std::string("sh"), std::string("-c"), std::string(R"(exec sh "$0" >"$1" 2>"$2")"),
                                    golden.folder + "/command", out, err}) {
        command.arguments.push_back(word);
    }
    const auto finished = TRY(os::run(command, time_max));
    return Outcome{.out = content_or_empty(out), .err = content_or_empty(err), .exit_code = finished.exit_code};
}

}  // namespace haetae::golden
