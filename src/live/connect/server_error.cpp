// SPDX-License-Identifier: Apache-2.0
// The codes for a statement that failed: the server refused it, there is no server any more, or the user wants no more.
#include "connect/server_error.hpp"

namespace haetae::connect {

base::Error to_error(const ServerError& error) {
    if (error.was_interrupted && !error.connection_lost) {
        return {.code = "HT0635",
                .sentence = "interrupted while the server was asked",
                .hint = "run the command again",
                .sqlstate = error.sqlstate};
    }
    base::Error result{.code = error.connection_lost ? "HT0421" : "HT0420",
                       .sentence = error.message,
                       .hint = error.hint,
                       .sqlstate = error.sqlstate,
                       .detail = error.detail};
    if (error.connection_lost) {
        result.sentence = "the connection to the server was lost: " + error.message;
        if (result.hint.empty()) result.hint = "see that the server is up, then run the command again";
    }
    if (!error.context.empty()) result.clauses.push_back(error.context);
    return result;
}

}  // namespace haetae::connect
