// SPDX-License-Identifier: Apache-2.0
// fork and exec by hand: the change of user and PR_SET_PDEATHSIG have to happen in the child, in this order. Between
// the two calls only system calls are made, so that it is safe in a process with threads; failures come back by a pipe.
#include "os/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>
#include <thread>

#include "os/environment.hpp"
#include "os/file.hpp"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX names it, no header has to

namespace haetae::os {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t output_bytes_max = 1024 * 1024;

// What the child needs, made before the fork.
struct Prepared {
    std::string program;
    std::vector<std::string> environment;
    std::vector<char*> argv;
    std::vector<char*> envp;
};

struct Failure {
    int step = 0;  // index of `steps`
    int error_number = 0;
};
constexpr std::array steps = {"take on its account", "enter its folder", "open its output", "run"};

void close_pipe(const std::array<int, 2>& pipe) {
    for (const int file : pipe) {
        if (file >= 0) ::close(file);
    }
}

base::Error start_error(const Command& command, std::string_view step, int error_number) {
    return {.code = "HT0910",
            .sentence =
                fmt::format("cannot start {}: failed to {}: {}", command.program, step, std::strerror(error_number)),
            .hint = error_number == ENOENT ? "install it, or put it into PATH" : ""};
}

base::Result<Prepared> prepare(const Command& command) {
    Prepared prepared;
    if (command.program.find('/') != std::string::npos) {
        prepared.program = command.program;
    } else {
        const auto found = find_program(command.program);
        if (!found) return start_error(command, "find it", ENOENT);
        prepared.program = *found;
    }
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const auto name = text.substr(0, text.find('='));
        const bool replaced = std::any_of(command.environment.begin(), command.environment.end(),
                                          [&](const auto& change) { return change.first == name; });
        if (!replaced) prepared.environment.emplace_back(text);
    }
    for (const auto& [name, value] : command.environment) {
        if (value) prepared.environment.push_back(name + "=" + *value);
    }
    prepared.argv.push_back(const_cast<char*>(prepared.program.c_str()));
    for (const auto& argument : command.arguments) prepared.argv.push_back(const_cast<char*>(argument.c_str()));
    prepared.argv.push_back(nullptr);
    for (const auto& entry : prepared.environment) prepared.envp.push_back(const_cast<char*>(entry.c_str()));
    prepared.envp.push_back(nullptr);
    return prepared;
}

// Files that somebody opened without O_CLOEXEC must not live on in a server.
void close_on_exec_from(int first) {
    constexpr unsigned cloexec = 1U << 2U;  // CLOSE_RANGE_CLOEXEC, Linux 5.11
    if (::syscall(SYS_close_range, static_cast<unsigned>(first), ~0U, cloexec) == 0) return;
    for (int file = first; file < 1024; ++file) ::fcntl(file, F_SETFD, FD_CLOEXEC);
}

void reset_signals() {
    for (int number = 1; number < NSIG; ++number) {
        if (number != SIGKILL && number != SIGSTOP) ::signal(number, SIG_DFL);
    }
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

bool take_on(const User& user) {
    const gid_t group = user.gid;
    return ::setgroups(1, &group) == 0 && ::setgid(user.gid) == 0 && ::setuid(user.uid) == 0;
}

int open_output(const Command& command, int captured) {
    if (captured >= 0) return captured;
    if (command.output_file.empty()) return ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    return ::open(command.output_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
}

[[noreturn]] void become(const Command& command, const Prepared& prepared, int captured, int report, pid_t parent) {
    const auto fail = [&](int step) {
        const Failure failure{.step = step, .error_number = errno};
        [[maybe_unused]] const auto written = ::write(report, &failure, sizeof failure);
        ::_exit(127);
    };
    reset_signals();
    if (command.own_session) ::setsid();
    if (command.run_as && !take_on(*command.run_as)) fail(0);
    if (command.signal_when_we_die != 0) {
        // After the change of user, which clears it. The parent may have died before.
        ::prctl(PR_SET_PDEATHSIG, command.signal_when_we_die);
        if (::getppid() != parent) ::_exit(127);
    }
    if (!command.working_folder.empty() && ::chdir(command.working_folder.c_str()) != 0) fail(1);
    const int input = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    const int output = open_output(command, captured);
    if (output < 0 || input < 0) fail(2);
    ::dup2(input, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    close_on_exec_from(STDERR_FILENO + 1);
    ::execve(prepared.program.c_str(), prepared.argv.data(), prepared.envp.data());
    fail(3);
    ::_exit(127);
}

// `captured`: the writing end of a pipe, or -1.
base::Result<Child> launch(const Command& command, int captured) {
    const auto prepared = TRY(prepare(command));
    std::array<int, 2> report{-1, -1};
    if (::pipe2(report.data(), O_CLOEXEC) != 0) return start_error(command, "make a pipe", errno);
    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid < 0) {
        const int error_number = errno;
        close_pipe(report);
        return start_error(command, "fork", error_number);
    }
    if (pid == 0) become(command, prepared, captured, report[1], parent);
    ::close(report[1]);
    Failure failure;
    ssize_t count = 0;
    do count = ::read(report[0], &failure, sizeof failure);
    while (count < 0 && errno == EINTR);
    ::close(report[0]);
    Child child(pid);
    if (count == static_cast<ssize_t>(sizeof failure)) {
        child.wait(std::chrono::seconds(5));
        return start_error(command, steps[static_cast<std::size_t>(failure.step)], failure.error_number);
    }
    return child;
}

}  // namespace

std::optional<ExitCode> Child::ended() {
    if (exit_code_) return exit_code_;
    int status = 0;
    const pid_t result = ::waitpid(pid_, &status, WNOHANG);
    if (result == 0 || (result < 0 && errno == EINTR)) return std::nullopt;
    if (result < 0) {
        exit_code_ = 0;  // somebody else has waited for it
    } else {
        exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    return exit_code_;
}

std::optional<ExitCode> Child::wait(milliseconds limit) {
    const auto end = steady_clock::now() + limit;
    milliseconds pause{1};
    while (true) {
        if (const auto code = ended()) return code;
        const auto now = steady_clock::now();
        if (now >= end) return std::nullopt;
        std::this_thread::sleep_for(
            std::min(pause, std::chrono::duration_cast<milliseconds>(end - now) + milliseconds(1)));
        pause = std::min(pause * 2, milliseconds(20));
    }
}

void Child::signal(int number) {
    if (!ended()) ::kill(pid_, number);
}

ExitCode Child::end(int number, milliseconds patience) {
    signal(number);
    if (const auto code = wait(patience)) return *code;
    signal(SIGKILL);
    return wait(std::chrono::hours(1)).value_or(128 + SIGKILL);
}

base::Result<Child> start(const Command& command) {
    return launch(command, -1);
}

base::Result<Finished> run(const Command& command, milliseconds limit) {
    std::array<int, 2> pipe{-1, -1};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return start_error(command, "make a pipe", errno);
    // We wait for it here, so nobody needs it once this thread is gone.
    Command bound = command;
    if (bound.signal_when_we_die == 0) bound.signal_when_we_die = SIGTERM;
    auto launched = launch(bound, pipe[1]);
    ::close(pipe[1]);
    if (!launched) {
        ::close(pipe[0]);
        return std::move(launched).error();
    }
    Child child = *launched;
    Finished finished;
    const auto end = steady_clock::now() + limit;
    bool open = true;
    while (open && steady_clock::now() < end) {
        pollfd file{.fd = pipe[0], .events = POLLIN, .revents = 0};
        if (::poll(&file, 1, 20) <= 0) {
            // A grandchild may keep the pipe open after the child is gone.
            open = !child.ended();
            continue;
        }
        std::array<char, 8192> chunk{};
        const ssize_t count = ::read(pipe[0], chunk.data(), chunk.size());
        if (count < 0 && errno == EINTR) continue;
        open = count > 0;
        const auto room = output_bytes_max - finished.output.size();
        if (count > 0) finished.output.append(chunk.data(), std::min(static_cast<std::size_t>(count), room));
    }
    ::close(pipe[0]);
    const auto left = std::chrono::duration_cast<milliseconds>(end - steady_clock::now());
    const auto code = child.wait(std::max(left, milliseconds(0)));
    if (!code) {
        child.end(SIGKILL, milliseconds(0));
        return base::Error{
            .code = "HT0911",
            .sentence = fmt::format("{} did not end within {} s and was killed", command.program, limit.count() / 1000),
            .hint = finished.output};
    }
    finished.exit_code = *code;
    return finished;
}

std::optional<std::string> find_program(const std::string& name) {
    const auto path = environment_variable("PATH").value_or("/usr/local/bin:/usr/bin:/bin");
    std::string_view left = path;
    while (true) {
        const auto colon = left.find(':');
        const auto candidate = join(left.substr(0, colon), name);
        if (is_file(candidate) && ::access(candidate.c_str(), X_OK) == 0) return candidate;
        if (colon == std::string_view::npos) return std::nullopt;
        left.remove_prefix(colon + 1);
    }
}

bool is_running(int pid) {
    if (pid <= 0 || (::kill(pid, 0) != 0 && errno == ESRCH)) return false;
    const auto status = read_file(fmt::format("/proc/{}/stat", pid), 65536);
    if (!status) return ::kill(pid, 0) == 0 || errno == EPERM;
    // "12 (name) S …"; the name may hold anything, a ')' too.
    const auto name_end = status->rfind(')');
    return name_end == std::string::npos || status->compare(name_end, 3, ") Z") != 0;
}

std::string working_folder_of(int pid) {
    std::array<char, 4097> target{};
    const auto length = ::readlink(fmt::format("/proc/{}/cwd", pid).c_str(), target.data(), target.size() - 1);
    return length <= 0 ? "" : std::string(target.data(), static_cast<std::size_t>(length));
}

}  // namespace haetae::os
