// SPDX-License-Identifier: Apache-2.0
// The distribution's PgBouncer in front of a test's server, on a unix socket of its own. A machine without it fails
// these tests; it does not skip them.
#pragma once

#include <optional>
#include <string>

#include "os/process.hpp"
#include "os/temp_dir.hpp"
#include "pg/connection_url.hpp"

namespace haetae::kit {

class PgBouncer {
 public:
    /// `server`: of a server on a unix socket. `mode`: session, transaction or statement. `more`: further lines for
    /// the section [pgbouncer].
    PgBouncer(const pg::ConnectionUrl& server, const std::string& mode, int pool_size, const std::string& more = "");
    PgBouncer(const PgBouncer&) = delete;
    PgBouncer& operator=(const PgBouncer&) = delete;
    ~PgBouncer();

    /// Leads to the server's database through the pooler.
    [[nodiscard]] const pg::ConnectionUrl& url() const { return url_; }
    [[nodiscard]] std::string log() const;
    void end();  ///< every connection through it breaks

 private:
    os::TempDir folder_;
    pg::ConnectionUrl url_;
    std::optional<os::Child> child_{};
};

}  // namespace haetae::kit
