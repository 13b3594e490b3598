// SPDX-License-Identifier: Apache-2.0
// A connection while it is being read: every keyword and value passes through here, whichever form it was written in,
// and is translated, dropped with a note, or refused. No error or note made here quotes a value.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace haetae::pg {

class ConnectionDraft {
 public:
    using Keywords = std::vector<std::pair<std::string, std::string>>;

    /// One parameter as written. `name_may_be_shown` is false where the name may be the piece of a password that was
    /// not percent-encoded. Errors: HT0401, HT0402.
    base::Status take(std::string_view name, std::string value, bool name_may_be_shown = true);

    /// Sets a keyword; says so in a note when it had another value. An empty value counts as not written.
    base::Status set(std::string_view keyword, std::string value);

    /// Takes `host:port` pairs apart, checks hosts and ports, and gives the keywords in their order.
    base::Result<Keywords> finish() &&;

    [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }
    [[nodiscard]] bool says_pgbouncer() const { return says_pgbouncer_; }

 private:
    [[nodiscard]] std::string* find(std::string_view keyword);
    base::Status take_apart_hosts();
    base::Status take_socket_path(std::string_view path);
    base::Status add_search_path(std::string_view name, std::string_view value);

    Keywords keywords_;
    std::vector<std::string> notes_;
    bool says_pgbouncer_ = false;
};

/// The parts of `text` between commas; one empty part for an empty text.
std::vector<std::string_view> split_at_commas(std::string_view text);

struct HostAndPort {
    std::string_view host;
    std::string_view port;
};

/// `name:5433`, `[::1]:5433`, `[::1]`, `::1` or `name`; what begins with '/' or '@' is a socket and has no port.
HostAndPort take_apart_host(std::string_view text);

/// An HT0401 error.
base::Error unreadable_url(std::string sentence, std::string hint);

}  // namespace haetae::pg
