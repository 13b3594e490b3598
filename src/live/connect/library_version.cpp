// SPDX-License-Identifier: Apache-2.0
// libpq tells its version as a number: 150018 is 15.18 (all since 10 are made of two parts).
#include "connect/library_version.hpp"

#include <libpq-fe.h>

namespace haetae::connect {

int library_version_number() {
    return PQlibVersion();
}

std::string library_version() {
    const int number = library_version_number();
    return std::to_string(number / 10000) + "." + std::to_string(number % 10000);
}

}  // namespace haetae::connect
