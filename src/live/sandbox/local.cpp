// SPDX-License-Identifier: Apache-2.0
// Order of the locks, for everyone: the lease first, then the start lock, then the supervisor's.
#include "sandbox/local.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <limits>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "os/environment.hpp"
#include "os/file.hpp"
#include "os/lock_file.hpp"
#include "os/private_folder.hpp"
#include "sandbox/local_place.hpp"
#include "sandbox/postmaster.hpp"
#include "sandbox/programs.hpp"
#include "sandbox/socket_url.hpp"
#include "sandbox/supervisor.hpp"

namespace haetae::sandbox {

using os::FileLock;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

struct LocalLease::State {
    FileLock lock;
    std::string socket_folder;
    pg::ConnectionUrl url;
    bool started_now = false;
    bool created_now = false;
};

namespace {

constexpr seconds lease_limit{90};  // longer than the supervisor needs to stop the server
constexpr seconds start_limit{150};
constexpr seconds exclusive_limit{5};
constexpr seconds change_limit{120};
constexpr seconds stop_patience{30};
constexpr off_t log_bytes_max = 8 * 1024 * 1024;

base::Error in_use(const LocalPlace& place, const base::Error& error) {
    if (error.code != "HT0912") return error;
    return {.code = "HT0506",
            .sentence = fmt::format("the local database of {} is in use by another command", place.root),
            .hint = "wait for it to end, then run this again\n" + error.sentence};
}

base::Result<FileLock> take(const LocalPlace& place, const std::string& path, FileLock::Kind kind, milliseconds limit) {
    auto lock = FileLock::take(path, kind, limit);
    if (!lock) return in_use(place, lock.error());
    return lock;
}

std::string version_of(const LocalPlace& place) {
    const auto text = os::read_file(os::join(place.data(), "PG_VERSION"), 100);
    return text ? text->substr(0, text->find_first_of("\r\n")) : "";
}

base::Result<Programs> programs_of(const LocalPlace& place) {
    const auto version = version_of(place);
    return version.empty() ? find_programs() : find_programs_of(version);
}

void sync_file_system(const std::string& path) {
    const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return;
    ::syncfs(folder);
    ::close(folder);
}

// Under another name until it is whole, so that a folder called `data` always is a cluster.
base::Status make_cluster(const LocalPlace& place, const Programs& programs) {
    const auto unfinished = place.home() + "/data.new";
    TRY(os::remove_tree(unfinished));
    TRY(os::remove_tree(place.data()));
    // initdb's own fsync of each of a thousand files takes seconds on some disks; one for the file system does not.
    TRY(run_initdb(programs, place.user, unfinished, {"--no-sync"}));
    sync_file_system(place.home());
    if (::rename(unfinished.c_str(), place.data().c_str()) != 0) {
        return base::Error{
            .code = "HT0503",
            .sentence = fmt::format("cannot rename {} to {}: {}", unfinished, place.data(), std::strerror(errno))};
    }
    return base::Done{};
}

// After a crash or a reboot the pid file's number may be a zombie's or a stranger's, and PostgreSQL would believe it.
// It gets a number that no process can have; the rest stays, for by it the server makes sure that no child of the
// killed one still works on the data.
void defuse_pid_file(const LocalPlace& place) {
    const auto path = os::join(place.data(), "postmaster.pid");
    const auto text = os::read_file(path, 65536);
    if (!text || text->find('\n') == std::string::npos) return;
    const int file = ::open(path.c_str(), O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0) return;
    const auto defused = std::to_string(std::numeric_limits<int>::max()) + text->substr(text->find('\n'));
    if (::write(file, defused.data(), defused.size()) < 0) ::unlink(path.c_str());
    ::close(file);
}

// The folder is this project's alone, and its server does not run.
void sweep_sockets(const std::string& socket_folder) {
    for (const char* name : {".s.PGSQL.5432", ".s.PGSQL.5432.lock"}) ::unlink(os::join(socket_folder, name).c_str());
}

// The server as it stands when it has finished what it is about: nothing, or ready to be used.
std::optional<PidFile> settled_server(const LocalPlace& place) {
    const auto end = steady_clock::now() + change_limit;
    auto server = running_postmaster(place.data());
    while (server && server->status != "ready" && steady_clock::now() < end) {
        std::this_thread::sleep_for(milliseconds(5));
        server = running_postmaster(place.data());
    }
    if (!server) return server;
    // The folder of its socket may have been cleared away under it (logout, a cleaner of /tmp): it cannot be reached.
    struct stat status {};
    const auto socket = os::join(server->socket_folder, ".s.PGSQL.5432");
    if (server->status == "ready" && ::stat(socket.c_str(), &status) == 0) return server;
    stop_postmaster(place.data(), stop_patience);
    return std::nullopt;
}

void roll_log(const LocalPlace& place) {
    struct stat status {};
    if (::lstat(place.log().c_str(), &status) != 0 || status.st_size < log_bytes_max) return;
    static_cast<void>(::rename(place.log().c_str(), (place.log() + ".1").c_str()));
}

base::Result<PidFile> start_server(const LocalPlace& place, const Programs& programs) {
    defuse_pid_file(place);
    roll_log(place);
    auto runtime = os::runtime_folder(place.user);
    if (!runtime)
        return base::Error{.code = "HT0502", .sentence = runtime.error().sentence, .hint = runtime.error().hint};
    const auto socket_folder = os::join(*runtime, "local-" + short_name(place.folder));
    auto made = os::private_folder(socket_folder, place.user);
    if (!made) return base::Error{.code = "HT0502", .sentence = made.error().sentence, .hint = made.error().hint};
    sweep_sockets(socket_folder);
    TRY(start_postmaster({.programs = programs,
                          .user = place.user,
                          .data_folder = place.data(),
                          .socket_folder = socket_folder,
                          .log_file = place.log(),
                          .settings = {"cluster_name=haetae-local"}}));
    const auto server = running_postmaster(place.data());
    if (server) return *server;
    return base::Error{.code = "HT0504",
                       .sentence = "the PostgreSQL server ended as soon as it was ready",
                       .hint = fmt::format("the end of its log {}:\n{}", place.log(), end_of_log(place.log(), 2000))};
}

seconds idle_limit_or(seconds given) {
    const auto text = os::environment_variable("HAETAE_LOCAL_IDLE_SECONDS").value_or("");
    long count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    return error == std::errc{} && *end == '\0' && count > 0 ? seconds(count) : given;
}

// Nobody uses the server while these are held, and nobody starts it.
struct Alone {
    FileLock lease;
    FileLock start;
};

base::Result<Alone> be_alone(const LocalPlace& place) {
    auto lease = TRY(take(place, place.lease_lock(), FileLock::Kind::exclusive, exclusive_limit));
    auto start = TRY(take(place, place.start_lock(), FileLock::Kind::exclusive, exclusive_limit));
    return Alone{std::move(lease), std::move(start)};
}

base::Status stop_alone(const LocalPlace& place) {
    if (stop_postmaster(place.data(), stop_patience)) return base::Done{};
    return base::Error{.code = "HT0507",
                       .sentence = fmt::format("the local database in {} does not stop", place.data()),
                       .hint = "look at its log: " + place.log()};
}

}  // namespace

base::Result<LocalLease> use_local(const std::string& root, seconds idle_limit) {
    const auto place = TRY(local_place(root));
    TRY(prepare_place(place));
    auto lease = TRY(take(place, place.lease_lock(), FileLock::Kind::shared, lease_limit));
    lease.touch();
    const auto start = TRY(take(place, place.start_lock(), FileLock::Kind::exclusive, start_limit));

    const bool create = !local_exists(root);
    auto server = create ? std::nullopt : settled_server(place);
    const bool start_it = !server.has_value();
    if (start_it) {
        const auto programs = TRY(programs_of(place));
        if (create) TRY(make_cluster(place, programs));
        server = TRY(start_server(place, programs));
    }
    if (auto supervisor_lock = TRY(FileLock::try_take(place.supervisor_lock(), FileLock::Kind::exclusive))) {
        TRY(start_supervisor(place, idle_limit_or(idle_limit), std::move(*supervisor_lock)));
    }
    return LocalLease(std::make_unique<LocalLease::State>(LocalLease::State{.lock = std::move(lease),
                                                                            .socket_folder = server->socket_folder,
                                                                            .url = socket_url(server->socket_folder),
                                                                            .started_now = start_it,
                                                                            .created_now = create}));
}

base::Result<LocalStatus> local_status(const std::string& root) {
    const auto place = TRY(local_place(root));
    LocalStatus status{.exists = local_exists(root),
                       .data_folder = place.data(),
                       .log_file = place.log(),
                       .version = version_of(place)};
    if (const auto server = running_postmaster(place.data())) {
        status.running = true;
        status.pid = server->pid;
    }
    return status;
}

base::Status stop_local(const std::string& root) {
    const auto place = TRY(local_place(root));
    if (!os::is_folder(place.folder)) return base::Done{};
    const auto alone = TRY(be_alone(place));
    return stop_alone(place);
}

base::Status reset_local(const std::string& root) {
    const auto place = TRY(local_place(root));
    if (!os::is_folder(place.folder)) return base::Done{};
    const auto alone = TRY(be_alone(place));
    TRY(stop_alone(place));
    return os::remove_tree(place.home());
}

bool local_exists(const std::string& root) {
    const auto place = local_place(root);
    return place && os::is_file(os::join(place->data(), "PG_VERSION"));
}

LocalLease::LocalLease(std::unique_ptr<State> state) : state_(std::move(state)) {}
LocalLease::LocalLease(LocalLease&&) noexcept = default;
LocalLease& LocalLease::operator=(LocalLease&&) noexcept = default;
LocalLease::~LocalLease() {
    if (state_ != nullptr) state_->lock.touch();
}

const pg::ConnectionUrl& LocalLease::url() const {
    return state_->url;
}
std::string LocalLease::url_text() const {
    return socket_url_text(state_->socket_folder);
}
bool LocalLease::started_now() const {
    return state_->started_now;
}
bool LocalLease::created_now() const {
    return state_->created_now;
}

}  // namespace haetae::sandbox
