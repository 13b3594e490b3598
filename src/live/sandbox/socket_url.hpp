// SPDX-License-Identifier: Apache-2.0
// How a server of ours is addressed: by the folder of its socket, which needs care in a URL, and short names for such
// folders, for an address of a unix socket holds only 107 bytes.
#pragma once

#include <string>
#include <string_view>

#include "pg/connection_url.hpp"

namespace haetae::sandbox {

/// Superuser `postgres`, database `postgres`, port 5432.
pg::ConnectionUrl socket_url(const std::string& socket_folder);

/// The same as text, for DATABASE_URL of other programs.
std::string socket_url_text(const std::string& socket_folder);

/// 16 hexadecimal digits that stand for `text` (FNV-1a): equal texts have equal names, today and tomorrow.
std::string short_name(std::string_view text);

}  // namespace haetae::sandbox
