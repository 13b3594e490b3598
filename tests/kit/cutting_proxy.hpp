// SPDX-License-Identifier: Apache-2.0
// Stands between a client and the server's unix socket: cuts the connection at a chosen message or at random, before
// the server has seen it or after, when the answer is on its way; makes the way longer; counts the round trips.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "os/temp_dir.hpp"
#include "pg/connection_url.hpp"

namespace haetae::kit {

class CuttingProxy {
 public:
    enum class Cut { before_the_server, after_the_server };

    /// `url`: of a server on a unix socket.
    explicit CuttingProxy(const pg::ConnectionUrl& url);
    CuttingProxy(const CuttingProxy&) = delete;
    CuttingProxy& operator=(const CuttingProxy&) = delete;
    ~CuttingProxy();

    /// Leads to the server through here.
    [[nodiscard]] pg::ConnectionUrl url() const;
    /// The next message that holds `text` is the last one of its connection; `act` is called when it is cut, before
    /// either side notices. Counts once.
    void cut_at(const std::string& text, Cut where, std::function<void()> act = {});
    /// Of all messages one in `one_in` is the last one of its connection, seen by the server or not.
    void cut_at_random(unsigned seed, int one_in);
    [[nodiscard]] int cuts() const { return cuts_; }

    /// Each chunk arrives so much later, in either direction.
    void delay(std::chrono::milliseconds each_way) { delay_ms_ = static_cast<int>(each_way.count()); }
    /// How often a client has sent after it had been answered, over all connections; the first words count, too.
    [[nodiscard]] int round_trips() const { return round_trips_; }

 private:
    void accept_all();
    void serve(int client);
    bool pass(int client, int server);  ///< one chunk from the client; false when the connection ends
    struct Decision {
        bool is_cut = false;
        Cut where = Cut::before_the_server;
        std::function<void()> act = [] {};
    };
    void wait_a_way() const;
    Decision decide(std::string_view message);

    pg::ConnectionUrl url_;
    os::TempDir folder_;
    int listener_ = -1;
    std::atomic<bool> ends_ = false;
    std::atomic<int> cuts_ = 0;
    std::mutex mutex_;
    std::string text_;
    Cut where_ = Cut::before_the_server;
    std::function<void()> act_;
    std::minstd_rand random_;
    int one_in_ = 0;
    std::atomic<int> delay_ms_ = 0;
    std::atomic<int> round_trips_ = 0;
    std::vector<std::jthread> connections_;
    std::jthread acceptor_;
};

}  // namespace haetae::kit
