// SPDX-License-Identifier: Apache-2.0
// Stands between a client and the server's unix socket, and cuts the connection at a chosen message: before the server
// has seen it, or after, when the answer is on its way.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
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
    [[nodiscard]] int cuts() const { return cuts_; }

 private:
    void accept_all();
    void serve(int client);
    bool pass(int client, int server);  ///< one chunk from the client; false when the connection ends

    pg::ConnectionUrl url_;
    os::TempDir folder_;
    int listener_ = -1;
    std::atomic<bool> ends_ = false;
    std::atomic<int> cuts_ = 0;
    std::mutex mutex_;
    std::string text_;
    Cut where_ = Cut::before_the_server;
    std::function<void()> act_;
    std::vector<std::jthread> connections_;
    std::jthread acceptor_;
};

}  // namespace haetae::kit
