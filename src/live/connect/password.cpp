// SPDX-License-Identifier: Apache-2.0
// PQencryptPasswordConn wants a connection, but asks it nothing when the algorithm is named: one that never came about
// will do. A keyword that does not exist makes such a one, and touches no network.
#include "connect/password.hpp"

#include <libpq-fe.h>

#include <memory>

namespace haetae::connect {

std::string scram_verifier(const std::string& password) {
    if (password.empty()) return {};
    const char* const no_keyword[] = {"none", nullptr};
    const char* const values[] = {"", nullptr};
    const std::unique_ptr<PGconn, decltype(&PQfinish)> unconnected(PQconnectStartParams(no_keyword, values, 0),
                                                                   &PQfinish);
    if (!unconnected) return {};
    const std::unique_ptr<char, decltype(&PQfreemem)> verifier(
        PQencryptPasswordConn(unconnected.get(), password.c_str(), "", "scram-sha-256"), &PQfreemem);
    return verifier ? std::string(verifier.get()) : std::string();
}

}  // namespace haetae::connect
