// SPDX-License-Identifier: Apache-2.0
// The two forms in which a connection is written: a URL, and libpq's key=value. Each is cut here into names and values;
// what they mean is the draft's work.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "pg/connection_draft.hpp"

namespace haetae::pg {

/// `rest` is what follows `scheme://`. Errors: HT0401, HT0402.
base::Status read_url(std::string_view rest, ConnectionDraft& draft);

/// `host=db user='me'`, with the quoting of libpq (manual, 34.1.1.1). Errors: HT0401, HT0402.
base::Status read_key_values(std::string_view text, ConnectionDraft& draft);

}  // namespace haetae::pg
