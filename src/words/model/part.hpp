// SPDX-License-Identifier: Apache-2.0
// What of a model lies in one schema: several schemas are read at once, and each is somebody's own.
#pragma once

#include <string>

#include "model/database.hpp"

namespace haetae::model {

/// The schema itself and all that lies in it; of what no schema holds, nothing.
Database part_of(const Database& database, const std::string& schema);

}  // namespace haetae::model
