// SPDX-License-Identifier: Apache-2.0
// fork, exec, wait4: the figures are the kernel's own.
#include "measured.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace haetae::bench {

namespace {

double seconds_of(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

[[noreturn]] void become(const Program& program) {
    const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nowhere, stream);
    if (::chdir(program.folder.c_str()) != 0) ::_exit(126);
    for (const auto& [name, value] : program.environment) ::setenv(name.c_str(), value.c_str(), 1);
    std::vector<char*> words;
    for (const auto& word : program.words) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    ::execvp(words.front(), words.data());
    ::_exit(127);
}

}  // namespace

Measured run_once(const Program& program) {
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = ::fork();
    if (child == 0) become(program);
    int status = 0;
    rusage usage{};
    ::wait4(child, &status, 0, &usage);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    return {.seconds = took.count(),
            .cpu_seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
            .peak_mb = static_cast<double>(usage.ru_maxrss) / 1024,
            .exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)};
}

Measured median_of(int runs, const Program& program) {
    std::vector<Measured> all;
    for (int i = 0; i < runs; ++i) all.push_back(run_once(program));
    const auto middle = all.begin() + runs / 2;
    std::nth_element(all.begin(), middle, all.end(),
                     [](const Measured& a, const Measured& b) { return a.seconds < b.seconds; });
    return *middle;
}

}  // namespace haetae::bench
