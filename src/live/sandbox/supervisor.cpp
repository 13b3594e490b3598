// SPDX-License-Identifier: Apache-2.0
// A plain fork, so that it works from a library call as from the program. Everything inherited is closed first: an open
// lease would count as a running command for ever.
#include "sandbox/supervisor.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <optional>
#include <thread>
#include <utility>

#include "connect/connection.hpp"
#include "sandbox/postmaster.hpp"
#include "sandbox/socket_url.hpp"

namespace haetae::sandbox {

using std::chrono::milliseconds;
using std::chrono::system_clock;

namespace {

constexpr std::chrono::seconds lock_limit{60};
constexpr std::chrono::seconds stop_patience{30};
constexpr milliseconds look_every_max{1000};

double now_seconds() {
    return std::chrono::duration<double>(system_clock::now().time_since_epoch()).count();
}

// Programs that were given the server's URL hold no lease. When it cannot be told, somebody may be there.
bool has_sessions(const PidFile& server) {
    auto connection = connect::Connection::open(socket_url(server.socket_folder),
                                                {.application_name = "haetae local", .use_environment = false});
    if (!connection) return true;
    const auto others = connection->simple(
        "SELECT 1 FROM pg_catalog.pg_stat_activity"
        " WHERE backend_type = 'client backend' AND pid <> pg_catalog.pg_backend_pid() LIMIT 1");
    return !others || !others->empty();
}

class Supervisor {
 public:
    Supervisor(const LocalPlace& place, std::chrono::seconds idle_limit, int supervisor_lock)
        : place_(place), idle_limit_(idle_limit), supervisor_lock_(supervisor_lock) {}

    void run() {
        const auto pause = std::clamp(milliseconds(idle_limit_) / 4, milliseconds(50), look_every_max);
        while (!server_is_gone() && !stopped_idle_server()) std::this_thread::sleep_for(pause);
    }

 private:
    // A command may be about to start it again, and sees our lock held: only under the start lock is "gone" certain,
    // and our lock is given back before that one.
    bool server_is_gone() {
        if (running_postmaster(place_.data())) return false;
        const auto lock = os::FileLock::take(place_.start_lock(), os::FileLock::Kind::exclusive, lock_limit);
        if (lock && running_postmaster(place_.data())) return false;
        ::close(supervisor_lock_);
        return true;
    }

    bool stopped_idle_server() {
        auto lease = os::FileLock::try_take(place_.lease_lock(), os::FileLock::Kind::exclusive);
        if (!lease) return false;
        if (!*lease) {
            used_last_ = now_seconds();
            return false;
        }
        used_last_ = std::max(used_last_, (*lease)->touched());
        if (now_seconds() - used_last_ < static_cast<double>(idle_limit_.count())) return false;
        const auto server = running_postmaster(place_.data());
        if (!server) return false;
        if (has_sessions(*server)) {
            used_last_ = now_seconds();
            return false;
        }
        // While the lease is ours every command waits for it, then finds the server stopped and nobody watching.
        stop_postmaster(place_.data(), stop_patience);
        ::close(supervisor_lock_);
        return true;
    }

    const LocalPlace& place_;
    std::chrono::seconds idle_limit_;
    int supervisor_lock_;
    double used_last_ = 0;
};

// Keeps one file, as number 3, and nothing else of what the parent had open.
void let_go_of_parent(int kept) {
    constexpr int place_of_kept = STDERR_FILENO + 1;
    if (kept != place_of_kept) ::dup2(kept, place_of_kept);
    if (::syscall(SYS_close_range, static_cast<unsigned>(place_of_kept + 1), ~0U, 0U) != 0) {
        const auto files_max = ::sysconf(_SC_OPEN_MAX);
        for (int file = place_of_kept + 1; file < std::min(files_max, 65536L); ++file) ::close(file);
    }
    const int nowhere = ::open("/dev/null", O_RDWR);
    for (const int file : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nowhere, file);
    ::close(nowhere);
    if (::chdir("/") != 0) ::_exit(1);
    for (const int number : {SIGINT, SIGHUP, SIGQUIT, SIGPIPE, SIGTSTP}) ::signal(number, SIG_IGN);
    for (const int number : {SIGTERM, SIGCHLD, SIGALRM}) ::signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::prctl(PR_SET_NAME, "haetae-local");
}

}  // namespace

base::Status start_supervisor(const LocalPlace& place, std::chrono::seconds idle_limit, os::FileLock supervisor_lock) {
    const pid_t between = ::fork();
    if (between < 0) {
        return base::Error{
            .code = "HT0910",
            .sentence = fmt::format("cannot start the supervisor of the local database: {}", std::strerror(errno))};
    }
    if (between == 0) {
        ::setsid();
        // Twice, so that it is no session leader (a terminal it opens could become its own) and no child of ours.
        if (::fork() != 0) ::_exit(0);
        let_go_of_parent(supervisor_lock.descriptor());
        // For people who wonder which process it is.
        if (::ftruncate(STDERR_FILENO + 1, 0) == 0) ::dprintf(STDERR_FILENO + 1, "%d\n", ::getpid());
        Supervisor(place, idle_limit, STDERR_FILENO + 1).run();
        ::_exit(0);
    }
    int ignored = 0;
    while (::waitpid(between, &ignored, 0) < 0 && errno == EINTR) continue;
    return base::Done{};
}

}  // namespace haetae::sandbox
