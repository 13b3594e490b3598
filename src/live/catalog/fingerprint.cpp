// SPDX-License-Identifier: Apache-2.0
// The lines that people read are the ones that are hashed, so that what differs can be shown.
#include "catalog/fingerprint.hpp"

#include "model/fact.hpp"
#include "revisions/checksum.hpp"

namespace haetae::catalog {

std::string fingerprint(const model::Database& database) {
    std::string lines;
    for (const auto& fact : model::facts(database)) lines += model::line(fact) + "\n";
    return revisions::sha256(lines);
}

}  // namespace haetae::catalog
