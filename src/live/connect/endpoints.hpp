// SPDX-License-Identifier: Apache-2.0
// The single places a URL with several hosts, or a host with several addresses, leads to. libpq moves from one to the
// next only when one refuses; with a non-blocking connect one that never answers would eat the whole limit.
#pragma once

#include <vector>

#include "pg/connection_url.hpp"

namespace haetae::connect {

/// URLs with at most one host and one address each, in the order to try. target_session_attrs=prefer-standby becomes
/// two rounds: standbys, then any. Resolves names (the system resolver's own limits apply).
std::vector<pg::ConnectionUrl> endpoints(const pg::ConnectionUrl& url);

}  // namespace haetae::connect
