// SPDX-License-Identifier: Apache-2.0
// Readiness is read from postmaster.pid, which the server rewrites as it goes ("starting", "ready", "stopping").
#include "sandbox/postmaster.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <thread>

#include "os/file.hpp"

namespace haetae::sandbox {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr std::chrono::seconds initdb_limit{120};
constexpr std::chrono::seconds start_limit{120};  // a local server may have a crash to recover from
constexpr std::size_t log_bytes_shown = 2000;

// Nothing of ours may change what a server is or how it speaks. With TZ set, initdb need not compare the machine's
// clock with every time zone there is, and a project's servers agree on UTC on every machine.
const std::vector<std::pair<std::string, std::optional<std::string>>> server_environment = {
    {"LC_ALL", "C"},
    {"TZ", "UTC"},
    {"LANG", std::nullopt},
    {"PGDATA", std::nullopt},
    {"PGPORT", std::nullopt},
    {"PGOPTIONS", std::nullopt},
    {"PGDATESTYLE", std::nullopt},
    {"PGCLIENTENCODING", std::nullopt},
    {"PGTZ", std::nullopt}};

// For unix_socket_directories, a list: quoted, so that blanks and commas stay part of the name.
std::string quoted_in_list(const std::string& path) {
    std::string quoted = "\"";
    for (const char c : path) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

base::Error not_started(const StartOptions& options, const std::string& how) {
    return {.code = "HT0504",
            .sentence = fmt::format("the PostgreSQL server {}", how),
            .hint = fmt::format("the end of its log {}:\n{}", options.log_file,
                                end_of_log(options.log_file, log_bytes_shown))};
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

std::string without_trailing_blanks(std::string text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.pop_back();
    return text;
}

}  // namespace

base::Result<os::Child> start_postmaster(const StartOptions& options) {
    os::Command command{.program = options.programs.postgres(),
                        .arguments = {"-D", options.data_folder, "-c", "listen_addresses=", "-c",
                                      "unix_socket_directories=" + quoted_in_list(options.socket_folder), "-c",
                                      "unix_socket_permissions=0700", "-c", "port=5432", "-c", "logging_collector=off",
                                      "-c", "log_destination=stderr"},
                        .environment = server_environment,
                        .working_folder = options.data_folder,
                        .output_file = options.log_file,
                        .own_session = true,
                        .signal_when_we_die = options.dies_with_us ? SIGQUIT : 0};
    if (options.user.uid != ::geteuid()) command.run_as = options.user;
    for (const auto& setting : options.settings) {
        command.arguments.emplace_back("-c");
        command.arguments.push_back(setting);
    }
    auto child = TRY(os::start(command));
    const auto end = steady_clock::now() + start_limit;
    while (true) {
        const auto file = read_pid_file(options.data_folder);
        if (file && file->pid == child.pid() && file->status == "ready") return child;
        if (child.ended()) return not_started(options, "ended while it was starting");
        if (steady_clock::now() >= end) {
            child.end(SIGQUIT, std::chrono::seconds(5));
            return not_started(options, fmt::format("was not ready within {} s", start_limit.count()));
        }
        std::this_thread::sleep_for(milliseconds(3));
    }
}

std::optional<PidFile> read_pid_file(const std::string& data_folder) {
    const auto text = os::read_file(os::join(data_folder, "postmaster.pid"), 65536);
    if (!text) return std::nullopt;
    const auto lines = lines_of(*text);
    PidFile file;
    if (lines.empty()) return std::nullopt;
    std::from_chars(lines[0].data(), lines[0].data() + lines[0].size(), file.pid);
    if (file.pid <= 0) return std::nullopt;
    if (lines.size() > 4) file.socket_folder = lines[4];
    if (lines.size() > 7) file.status = without_trailing_blanks(lines[7]);
    return file;
}

std::optional<PidFile> running_postmaster(const std::string& data_folder) {
    auto file = read_pid_file(data_folder);
    if (!file || !os::is_running(file->pid)) return std::nullopt;
    // A postmaster works in its data folder; a stranger that got the number does not.
    if (os::absolute(os::working_folder_of(file->pid)) != os::absolute(data_folder)) return std::nullopt;
    return file;
}

bool stop_postmaster(const std::string& data_folder, milliseconds patience) {
    const auto server = running_postmaster(data_folder);
    if (!server) return true;
    for (const int number : {SIGINT, SIGQUIT, SIGKILL}) {
        ::kill(server->pid, number);
        const auto end = steady_clock::now() + patience;
        while (os::is_running(server->pid) && steady_clock::now() < end) {
            std::this_thread::sleep_for(milliseconds(5));
        }
        if (!os::is_running(server->pid)) {
            ::rmdir(server->socket_folder.c_str());
            return true;
        }
    }
    return false;
}

base::Status run_initdb(const Programs& programs, const os::User& user, const std::string& data_folder,
                        const std::vector<std::string>& extra) {
    std::string output;
    for (const char* locale : {"C.UTF-8", "C"}) {
        os::Command command{.program = programs.initdb(),
                            .arguments = {"--pgdata=" + data_folder, "--username=postgres", "--encoding=UTF8",
                                          std::string("--locale=") + locale, "--auth=trust"},
                            .environment = server_environment,
                            .working_folder = data_folder.substr(0, data_folder.rfind('/'))};
        if (user.uid != ::geteuid()) command.run_as = user;
        command.arguments.insert(command.arguments.end(), extra.begin(), extra.end());
        const auto finished = TRY(os::run(command, initdb_limit).in("while initdb made a cluster"));
        if (finished.exit_code == 0) return base::Done{};
        output = finished.output;
        if (output.find("locale") == std::string::npos) break;
    }
    return base::Error{.code = "HT0503",
                       .sentence = fmt::format("initdb could not make a cluster in {}", data_folder),
                       .hint = "it said:\n" + output};
}

std::string end_of_log(const std::string& path, std::size_t bytes) {
    auto text = os::read_file(path, 64 * 1024 * 1024);
    if (!text) return "";
    if (text->size() <= bytes) return *text;
    const auto cut = text->find('\n', text->size() - bytes);
    return cut == std::string::npos ? text->substr(text->size() - bytes) : text->substr(cut + 1);
}

}  // namespace haetae::sandbox
