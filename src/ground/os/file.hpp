// SPDX-License-Identifier: Apache-2.0
// Files: read whole with a limit, replaced atomically, listed in the order of their names.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace haetae::os {

/// The whole file. Errors: HT0901 cannot be read (with the system's reason), HT0902 larger than `bytes_max`.
base::Result<std::string> read_file(const std::string& path, std::size_t bytes_max);

/// The first bytes of a file, fewer than `bytes` only where it has no more. Error: HT0901.
base::Result<std::string> read_beginning(const std::string& path, std::size_t bytes);

/// Writes a new file, or replaces one: a temporary file in the same folder, synced, then renamed. On failure the old
/// content stands. Error: HT0903.
base::Status write_file(const std::string& path, std::string_view content, unsigned mode = 0644);

/// Creates `path` and its parents. Error: HT0904.
base::Status make_folder(const std::string& path, unsigned mode = 0755);

[[nodiscard]] bool is_file(const std::string& path);
[[nodiscard]] bool is_folder(const std::string& path);

/// Names (not paths) of the entries of a folder, sorted by bytes. Error: HT0901.
base::Result<std::vector<std::string>> list_folder(const std::string& path);
/// list_folder without the folders in it, and links to folders.
base::Result<std::vector<std::string>> list_files(const std::string& path);

/// `a` joined with `b`; `b` alone when it is absolute.
std::string join(std::string_view a, std::string_view b);

/// Absolute, with symlinks, `.` and `..` resolved as far as the path exists.
std::string absolute(const std::string& path);

/// `path` as seen from `folder` when it lies below it; otherwise `path`.
std::string relative_to(const std::string& path, const std::string& folder);

}  // namespace haetae::os
