// SPDX-License-Identifier: Apache-2.0
// One thread a connection, which looks up every 20 ms whether the proxy is to end.
#include "kit/cutting_proxy.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <stdexcept>

namespace haetae::kit {

namespace {

constexpr int look_up_ms = 20;

sockaddr_un address_in(const std::string& folder) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto path = folder + "/.s.PGSQL.5432";
    if (path.size() >= sizeof address.sun_path) throw std::runtime_error("socket path too long: " + path);
    std::memcpy(address.sun_path, path.c_str(), path.size());
    return address;
}

bool is_readable(int socket, int limit_ms) {
    pollfd wanted{.fd = socket, .events = POLLIN, .revents = 0};
    return ::poll(&wanted, 1, limit_ms) > 0;
}

bool send_all(int socket, const char* bytes, std::size_t size) {
    while (size > 0) {
        const auto sent = ::send(socket, bytes, size, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

os::TempDir folder_or_fail() {
    auto folder = os::TempDir::make();
    if (!folder) throw std::runtime_error(folder.error().sentence);
    return std::move(folder).value();
}

}  // namespace

CuttingProxy::CuttingProxy(const pg::ConnectionUrl& url)
    : url_(url), folder_(folder_or_fail()), listener_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const auto address = address_in(folder_.path());
    if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener_, 16) != 0) {
        throw std::runtime_error("the proxy cannot listen");
    }
    acceptor_ = std::jthread([this] { accept_all(); });
}

CuttingProxy::~CuttingProxy() {
    ends_ = true;
    acceptor_ = {};
    connections_.clear();
    ::close(listener_);
}

pg::ConnectionUrl CuttingProxy::url() const {
    return url_.with("host", folder_.path()).with("port", "5432");
}

void CuttingProxy::cut_at(const std::string& text, Cut where, std::function<void()> act) {
    const std::lock_guard lock(mutex_);
    text_ = text;
    where_ = where;
    act_ = act ? std::move(act) : [] {};
}

void CuttingProxy::cut_at_random(unsigned seed, int one_in) {
    const std::lock_guard lock(mutex_);
    random_.seed(seed);
    one_in_ = one_in;
}

void CuttingProxy::wait_a_way() const {
    std::this_thread::sleep_for(std::chrono::milliseconds(delay_ms_));
}

void CuttingProxy::accept_all() {
    while (!ends_) {
        if (!is_readable(listener_, look_up_ms)) continue;
        const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client >= 0) connections_.emplace_back([this, client] { serve(client); });
    }
}

void CuttingProxy::serve(int client) {
    const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = address_in(url_.value("host"));
    bool goes_on = ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    bool was_answered = true;
    std::array<char, 65536> bytes{};
    while (goes_on && !ends_) {
        std::array<pollfd, 2> wanted{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
        if (::poll(wanted.data(), wanted.size(), look_up_ms) <= 0) continue;
        if (wanted[1].revents != 0) {
            const auto got = ::recv(server, bytes.data(), bytes.size(), 0);
            wait_a_way();
            goes_on = got > 0 && send_all(client, bytes.data(), static_cast<std::size_t>(got));
            was_answered = true;
        }
        if (goes_on && wanted[0].revents != 0) {
            if (was_answered) ++round_trips_;
            was_answered = false;
            goes_on = pass(client, server);
        }
    }
    ::close(client);
    ::close(server);
}

CuttingProxy::Decision CuttingProxy::decide(std::string_view message) {
    const std::lock_guard lock(mutex_);
    if (!text_.empty() && message.find(text_) != std::string_view::npos) {
        text_.clear();
        return {.is_cut = true, .where = where_, .act = std::move(act_)};
    }
    if (one_in_ == 0 || std::uniform_int_distribution<int>(1, one_in_)(random_) != 1) return {};
    const bool is_seen = std::uniform_int_distribution<int>(0, 1)(random_) == 1;
    return {.is_cut = true, .where = is_seen ? Cut::after_the_server : Cut::before_the_server};
}

bool CuttingProxy::pass(int client, int server) {
    std::array<char, 65536> bytes{};
    const auto got = ::recv(client, bytes.data(), bytes.size(), 0);
    if (got <= 0) return false;
    const auto size = static_cast<std::size_t>(got);
    const auto decision = decide({bytes.data(), size});
    const bool goes_through = !decision.is_cut || decision.where == Cut::after_the_server;
    wait_a_way();
    if (goes_through && !send_all(server, bytes.data(), size)) return false;
    if (!decision.is_cut) return true;
    while (goes_through && !ends_ && !is_readable(server, look_up_ms)) {
    }
    decision.act();
    ++cuts_;
    return false;
}

}  // namespace haetae::kit
