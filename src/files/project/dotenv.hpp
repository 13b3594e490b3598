// SPDX-License-Identifier: Apache-2.0
// The `.env` file beside haetae.toml: KEY=value lines as other tools read them, without expansion. It holds secrets, so
// a complaint shows the key and the number of the line, never the line.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace haetae::project {

/// `KEY=value`, `export KEY=value`, blanks around '=', '…' (nothing is special inside) and "…" (\n \r \t \" \\ \$ are
/// escapes), both over several lines; a '#' after a blank begins a comment; CRLF and a BOM are tolerated; the last of
/// equal keys counts. Error: HT0312 a malformed line, with `file` and its number.
base::Result<std::map<std::string, std::string>> parse_dotenv(std::string_view file, std::string_view text);

}  // namespace haetae::project
