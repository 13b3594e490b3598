// SPDX-License-Identifier: Apache-2.0
// SQL that may be shown or stored: passwords in it are replaced by '***', everything else stays byte for byte.
#pragma once

#include <string>
#include <string_view>

namespace haetae::sql {

/// Masks the string after PASSWORD (roles, user mappings, servers), after CONNECTION (subscriptions), connection
/// strings and URLs that hold a password, and all of these inside dollar quotes (DO blocks, functions). Takes any
/// text, also one that is no SQL; an unterminated string is masked to the end.
std::string mask_secrets(std::string_view sql);

}  // namespace haetae::sql
