// SPDX-License-Identifier: Apache-2.0
// Folders that belong to one account alone: for sockets, locks and throw-away files. Where others may write beside them
// (/tmp), one that already stands is used only when it is what we would have made.
#pragma once

#include <string>

#include "base/result.hpp"
#include "os/user.hpp"

namespace haetae::os {

/// Makes the folder `path` with mode 0700 for `owner` (its parent must stand), or checks the one that stands: a real
/// folder, not a link, of that owner, closed to all others. Error: HT0913, saying which of these does not hold.
base::Status private_folder(const std::string& path, const User& owner);

/// A new folder `parent/prefixXXXXXX` like that. Error: HT0913.
base::Result<std::string> new_private_folder(const std::string& parent, const std::string& prefix, const User& owner);

/// Where a user's sockets go: $XDG_RUNTIME_DIR/haetae when that is the owner's own, otherwise /tmp/haetae-UID.
/// Errors: HT0913.
base::Result<std::string> runtime_folder(const User& owner);

/// Where a user's throw-away files go: haetae-UID in $TMPDIR when the owner may enter it, otherwise in /tmp.
/// Errors: HT0913.
base::Result<std::string> scratch_folder(const User& owner);

/// Removes a folder with all that is in it; links are removed, not followed. Error: HT0903.
base::Status remove_tree(const std::string& path);

}  // namespace haetae::os
