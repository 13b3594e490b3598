// SPDX-License-Identifier: Apache-2.0
// A folder that is gone with its object.
#pragma once

#include <string>

#include "base/result.hpp"

namespace haetae::os {

class TempDir {
 public:
    /// In $TMPDIR or /tmp, closed to others. Error: HT0913.
    static base::Result<TempDir> make();
    TempDir(TempDir&& other) noexcept;
    TempDir& operator=(TempDir&& other) noexcept;
    ~TempDir();
    [[nodiscard]] const std::string& path() const { return path_; }

 private:
    explicit TempDir(std::string path) : path_(std::move(path)) {}
    std::string path_;
};

}  // namespace haetae::os
