// SPDX-License-Identifier: Apache-2.0
// Each cluster has a folder of its own in the owner's scratch folder: data, log and socket. The folder is locked
// (flock) while its haetae lives; one that can be locked belongs to nobody any more and is swept.
#include "sandbox/cluster.hpp"

#include <csignal>
#include <optional>
#include <utility>
#include <vector>

#include "os/file.hpp"
#include "os/lock_file.hpp"
#include "os/private_folder.hpp"
#include "os/process.hpp"
#include "sandbox/cluster_template.hpp"
#include "sandbox/postmaster.hpp"
#include "sandbox/programs.hpp"
#include "sandbox/socket_url.hpp"

namespace haetae::sandbox {

struct Cluster::State {
    std::string folder;
    os::FileLock lock;
    std::optional<os::Child> postmaster{};
    int pid = 0;
    pg::ConnectionUrl url{};

    [[nodiscard]] std::string data_folder() const { return os::join(folder, "data"); }
    [[nodiscard]] std::string log_file() const { return os::join(folder, "log"); }
};

namespace {

constexpr const char* folder_prefix = "cluster-";
constexpr std::chrono::seconds lock_limit{30};
constexpr std::chrono::seconds stop_patience{10};

// Nothing of it outlives the process, so durability buys nothing; what differs from a real server in behaviour
// (isolation, locks, planner) is left alone. Dynamic shared memory goes into the data folder: containers have little
// in /dev/shm, and it is swept with the rest.
const std::vector<std::string> throw_away_settings = {"fsync=off",
                                                      "full_page_writes=off",
                                                      "synchronous_commit=off",
                                                      "autovacuum=off",
                                                      "wal_level=minimal",
                                                      "max_wal_senders=0",
                                                      "min_wal_size=8MB",
                                                      "max_wal_size=512MB",
                                                      "shared_buffers=32MB",
                                                      "max_connections=50",
                                                      "max_locks_per_transaction=256",
                                                      "dynamic_shared_memory_type=mmap",
                                                      "timezone=UTC",
                                                      "log_timezone=UTC",
                                                      "cluster_name=haetae"};

base::Error as_sandbox_error(base::Error error) {
    if (error.code == "HT0913") error.code = "HT0502";
    return error;
}

void sweep_one(const std::string& folder) {
    const auto lock = os::FileLock::try_take(folder, os::FileLock::Kind::exclusive);
    if (!lock || !*lock) return;
    const auto data = os::join(folder, "data");
    if (os::is_folder(data) && !stop_postmaster(data, std::chrono::seconds(2))) return;
    // What cannot be removed now (another account's files) is left to the next run.
    static_cast<void>(os::remove_tree(folder));
}

// The caller holds the scratch folder's lock, so no cluster is between being made and being locked.
void sweep(const std::string& scratch) {
    const auto names = os::list_folder(scratch);
    if (!names) return;
    for (const auto& name : *names) {
        if (name.starts_with(folder_prefix)) sweep_one(os::join(scratch, name));
    }
}

struct Place {
    std::string folder;
    os::FileLock lock;
};

base::Result<Place> new_place(const os::User& user) {
    const auto scratch = TRY(os::scratch_folder(user));
    const auto guard = TRY(os::FileLock::take(scratch, os::FileLock::Kind::exclusive, lock_limit));
    sweep(scratch);
    auto folder = TRY(os::new_private_folder(scratch, folder_prefix, user));
    auto lock = TRY(os::FileLock::take(folder, os::FileLock::Kind::exclusive, lock_limit));
    return Place{std::move(folder), std::move(lock)};
}

base::Result<os::Child> start_in(const std::string& folder, const Programs& programs, const os::User& user) {
    const StartOptions options{.programs = programs,
                               .user = user,
                               .data_folder = os::join(folder, "data"),
                               .socket_folder = folder,
                               .log_file = os::join(folder, "log"),
                               .settings = throw_away_settings,
                               .dies_with_us = true};
    TRY(copy_template(programs, user, options.data_folder));
    auto started = start_postmaster(options);
    if (started || started.error().code != "HT0504") return started;
    // Perhaps the template has lost files since it was made.
    TRY(discard_template(programs, user));
    TRY(os::remove_tree(options.data_folder));
    TRY(copy_template(programs, user, options.data_folder));
    return start_postmaster(options);
}

}  // namespace

base::Result<Cluster> Cluster::start() {
    const auto programs = TRY(find_programs());
    const auto user = TRY(server_user());
    auto place = new_place(user);
    if (!place) return as_sandbox_error(place.error());
    auto state = std::make_unique<State>(State{.folder = place->folder, .lock = std::move(place->lock)});
    state->url = socket_url(state->folder);
    Cluster cluster(std::move(state));  // from here on the folder is removed on failure
    cluster.state_->postmaster = TRY(start_in(cluster.state_->folder, programs, user));
    cluster.state_->pid = cluster.state_->postmaster->pid();
    return cluster;
}

Cluster::Cluster(std::unique_ptr<State> state) : state_(std::move(state)) {}
Cluster::Cluster(Cluster&&) noexcept = default;
Cluster& Cluster::operator=(Cluster&& other) noexcept {
    std::swap(state_, other.state_);
    return *this;
}
Cluster::~Cluster() {
    if (state_ != nullptr) static_cast<void>(stop());
}

const pg::ConnectionUrl& Cluster::url() const {
    return state_->url;
}

std::string Cluster::url_text() const {
    return socket_url_text(state_->folder);
}

std::string Cluster::log() const {
    return end_of_log(state_->log_file(), 1024 * 1024);
}

std::string Cluster::data_folder() const {
    return state_->data_folder();
}

int Cluster::postmaster_pid() const {
    return state_->pid;
}

base::Status Cluster::stop() {
    if (state_->postmaster) state_->postmaster->end(SIGQUIT, stop_patience);
    state_->postmaster.reset();
    return os::remove_tree(state_->folder);
}

}  // namespace haetae::sandbox
