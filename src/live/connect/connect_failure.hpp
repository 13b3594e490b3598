// SPDX-License-Identifier: Apache-2.0
// Why a connection did not come about, from the text libpq leaves behind: it has no field for the SQLSTATE, so the
// verbose form of the message is taken apart. No password comes through.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace haetae::connect {

struct ConnectFailure {
    std::string message;          ///< PQerrorMessage with PQERRORS_VERBOSE
    bool needs_password = false;  ///< PQconnectionNeedsPassword
};

/// HT0410 to HT0414 with SQLSTATE. `where` names the place: "db.example.com:5432".
base::Error to_error(const ConnectFailure& failure, std::string_view where);

/// libpq's text on one line: LOCATION lines and the guesses it adds on lines that begin with a tab are left out,
/// passwords masked.
std::string plain_message(std::string_view message);

}  // namespace haetae::connect
