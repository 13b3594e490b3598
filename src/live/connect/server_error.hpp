// SPDX-License-Identifier: Apache-2.0
// What a server said of a failed statement, field by field, and how it becomes an Error. A lost connection is the same
// kind of value: whoever runs statements has to ask "what is in the database now?" in both cases.
#pragma once

#include <cstddef>
#include <string>

#include "base/error.hpp"

namespace haetae::connect {

struct ServerError {
    std::string sqlstate{};  ///< "" where libpq itself made the message
    std::string message{};   ///< one line, no full stop, no password
    std::string detail{};    ///< may quote rows: for the terminal only
    std::string hint{};
    std::string context{};
    std::size_t position = 0;  ///< in characters from 1, in the text that was sent; 0 = none
    bool connection_lost =
        false;  ///< the session is gone; what it had not committed is rolled back, a COMMIT is in doubt
    bool was_interrupted = false;  ///< OnWait had asked for the cancellation, and the server obeyed
};

/// An Error from what the server said (code HT0420, HT0421 where the connection was lost, HT0635 where the user
/// interrupted).
base::Error to_error(const ServerError& error);

}  // namespace haetae::connect
