// SPDX-License-Identifier: Apache-2.0
// A lock between processes (flock) that the kernel gives back when its holder dies, however it dies. Anything that can
// be opened can be locked: an existing folder as well as a file.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/result.hpp"

namespace haetae::os {

class FileLock {
 public:
    enum class Kind { shared, exclusive };

    /// Takes it when nobody holds it against us; nothing when somebody does. A missing file is made (mode 0600); a
    /// symbolic link is refused. Error: HT0912 cannot be opened.
    static base::Result<std::optional<FileLock>> try_take(const std::string& path, Kind kind);
    /// Waits for it. Errors: HT0912 cannot be opened, or still held after `limit`.
    static base::Result<FileLock> take(const std::string& path, Kind kind, std::chrono::milliseconds limit);

    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    ~FileLock();  ///< gives it back

    /// Sets the file's modification time to now.
    void touch();
    /// When the file was touched last, in seconds since 1970 (0: cannot be told).
    [[nodiscard]] double touched() const;
    /// The open file: a child that keeps it open keeps the lock.
    [[nodiscard]] int descriptor() const { return file_; }

 private:
    explicit FileLock(int file) : file_(file) {}
    int file_;
};

}  // namespace haetae::os
