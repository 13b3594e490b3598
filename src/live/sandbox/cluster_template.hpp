// SPDX-License-Identifier: Apache-2.0
// initdb takes most of a second; a copy of what it made takes a tenth of that. So its result is kept, once for each
// build of the server, and each throw-away cluster begins as a copy.
#pragma once

#include <string>

#include "base/result.hpp"
#include "os/user.hpp"
#include "sandbox/programs.hpp"

namespace haetae::sandbox {

/// Fills `data_folder` (which must not exist, in a folder of `user`) from the cached template, made now where there is
/// none. Errors: HT0502 cache folder not ours, HT0503 initdb or the copy failed.
base::Status copy_template(const Programs& programs, const os::User& user, const std::string& data_folder);

/// Throws the template of these programs away, so that the next copy makes a new one: for one that does not start,
/// because something (a cleaner of old files, a full disk) has bitten a piece off.
base::Status discard_template(const Programs& programs, const os::User& user);

}  // namespace haetae::sandbox
