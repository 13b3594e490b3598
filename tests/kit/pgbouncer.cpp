// SPDX-License-Identifier: Apache-2.0
// It refuses to run as root, so it gets the account that the test's server has.
#include "kit/pgbouncer.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

#include "connect/connection.hpp"
#include "kit/eventually.hpp"
#include "os/file.hpp"
#include "sandbox/programs.hpp"

namespace haetae::kit {

namespace {

constexpr std::size_t log_bytes_max = std::size_t{1} << 20;

template <typename T>
T must(base::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().code + " " + result.error().sentence);
    return std::move(result).value();
}

std::string program() {
    for (const char* path : {"/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"}) {
        if (os::is_file(path)) return path;
    }
    throw std::runtime_error("PgBouncer is not here: apt-get install pgbouncer");
}

}  // namespace

PgBouncer::PgBouncer(const pg::ConnectionUrl& server, const std::string& mode, int pool_size, const std::string& more)
    : folder_(must(os::TempDir::make())), url_(server.with("host", folder_.path()).with("port", "6432")) {
    const auto user = must(sandbox::server_user());
    const auto settings = os::join(folder_.path(), "pgbouncer.ini");
    const auto port = server.value("port");
    must(os::write_file(settings, fmt::format("[databases]\n* = host={} port={} user={}\n[pgbouncer]\n"
                                              "listen_addr =\nlisten_port = 6432\nunix_socket_dir = {}\n"
                                              "auth_type = any\npool_mode = {}\ndefault_pool_size = {}\n{}\n",
                                              server.value("host"), port.empty() ? "5432" : port, server.value("user"),
                                              folder_.path(), mode, pool_size, more)));
    if (user.uid != ::geteuid()) {
        for (const auto& path : {folder_.path(), settings}) {
            if (::chown(path.c_str(), user.uid, user.gid) != 0) throw std::runtime_error("chown " + path);
        }
    }
    os::Command command{.program = program(),
                        .arguments = {settings},
                        .output_file = os::join(folder_.path(), "log"),
                        .signal_when_we_die = SIGKILL};
    if (user.uid != ::geteuid()) command.run_as = user;
    child_.emplace(must(os::start(command)));
    const auto socket = os::join(folder_.path(), ".s.PGSQL.6432");
    if (!eventually([&] { return ::access(socket.c_str(), F_OK) == 0 || child_->ended().has_value(); }) ||
        child_->ended()) {
        throw std::runtime_error("PgBouncer did not start:\n" + log());
    }
}

PgBouncer::~PgBouncer() {
    end();
}

std::string PgBouncer::log() const {
    const auto text = os::read_file(os::join(folder_.path(), "log"), log_bytes_max);
    return text ? *text : std::string();
}

void PgBouncer::end() {
    child_->end(SIGKILL, std::chrono::seconds(10));
}

}  // namespace haetae::kit
