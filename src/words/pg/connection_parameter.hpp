// SPDX-License-Identifier: Apache-2.0
// What may stand in a database URL besides host, user and database: the keywords of libpq 15 to 18 (manual, 34.1.2),
// and the parameters that other drivers and poolers read from the same variable and that mean nothing to a migration.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace haetae::pg {

/// The place of `keyword` in the fixed order in which keywords are kept; absent when libpq has no such keyword.
std::optional<std::size_t> keyword_rank(std::string_view keyword);

/// True for keywords whose value must never be shown: password, sslpassword, oauth_client_secret, scram_*_key.
[[nodiscard]] bool is_secret_keyword(std::string_view keyword);

/// Whose parameter `name` is ("asyncpg", "Prisma", …); empty when it is not one of the known driver-only parameters.
[[nodiscard]] std::string_view owner_of_driver_parameter(std::string_view name);

/// The keyword nearest to `name` by edit distance, letter case ignored; nothing where none is near.
[[nodiscard]] std::optional<std::string> nearest_keyword(std::string_view name);

/// What is wrong with the value of a keyword that has a closed set of values or must be a number, as the end of a
/// sentence ("is none of disable, allow, …"); empty when nothing is. Never quotes the value.
[[nodiscard]] std::string wrong_value(std::string_view keyword, std::string_view value);

/// asyncpg's and JDBC's `ssl=` as a value of `sslmode`; absent when it is not one of theirs.
std::optional<std::string_view> sslmode_of_ssl(std::string_view ssl);

}  // namespace haetae::pg
