// SPDX-License-Identifier: Apache-2.0
// A throw-away PostgreSQL cluster: a copy of a cached initdb template, started on a unix socket only, gone with the
// object, and with haetae itself even when that is killed. As root the server runs as another user.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "pg/connection_url.hpp"

namespace haetae::sandbox {

class Cluster {
 public:
    /// Starts one with the newest server programs found (PATH, pg_config, /usr/lib/postgresql/*/bin; HAETAE_PG_BIN
    /// names a folder). fsync and autovacuum off. Errors: HT0501 no server programs (names the packages), HT0502
    /// runtime folder not ours, HT0503 initdb failed, HT0504 did not start (with the end of its log).
    static base::Result<Cluster> start();
    Cluster(Cluster&&) noexcept;
    Cluster& operator=(Cluster&&) noexcept;
    ~Cluster();  ///< stops it and removes its files

    /// A superuser's URL of database `postgres`; with("dbname", …) leads elsewhere.
    [[nodiscard]] const pg::ConnectionUrl& url() const;
    [[nodiscard]] std::string url_text() const;  ///< for DATABASE_URL of other programs
    [[nodiscard]] std::string log() const;       ///< what the server has logged so far
    [[nodiscard]] std::string data_folder() const;
    [[nodiscard]] int postmaster_pid() const;
    base::Status stop();

 private:
    struct State;
    explicit Cluster(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace haetae::sandbox
