// SPDX-License-Identifier: Apache-2.0
// What a check-up asks a server; the judgement is reason/checkup's.
#pragma once

#include <span>
#include <string>

#include "base/result.hpp"
#include "checkup/server.hpp"
#include "connect/connection.hpp"
#include "settings/settings.hpp"

namespace haetae::protect {

/// `extensions`: names that the revisions create. Writes nothing; any role may ask.
base::Result<checkup::ServerFacts> read_server_facts(connect::Connection& connection,
                                                     std::span<const settings::Domain> domains,
                                                     std::span<const std::string> extensions);

}  // namespace haetae::protect
