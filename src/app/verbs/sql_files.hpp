// SPDX-License-Identifier: Apache-2.0
// The schema that SQL files make: they are run, in the order of their names, on a throw-away server. Roles that they
// name but do not create are created there, without any rights.
#pragma once

#include <string>

#include "base/result.hpp"
#include "cli/talk.hpp"
#include "model/database.hpp"

namespace haetae::verbs {

/// `path` is an .sql file or a folder with some. Errors: HT0691 there is no such file, or none in the folder; HT0692 a
/// statement fails; HT0200, HT0216 to HT0218 of the files' text; HT0501 to HT0504 of the server; those of
/// catalog::read.
base::Result<model::Database> schema_of_files(const std::string& path, cli::Talk& talk);

}  // namespace haetae::verbs
