// SPDX-License-Identifier: Apache-2.0
// Which extension a statement creates, by its leading words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace haetae::sql {

/// The name in CREATE EXTENSION [IF NOT EXISTS] name; nothing for any other statement.
std::optional<std::string> created_extension(std::string_view statement);

}  // namespace haetae::sql
