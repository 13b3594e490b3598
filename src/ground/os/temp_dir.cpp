// SPDX-License-Identifier: Apache-2.0
// mkdtemp, and the removal of the whole tree.
#include "os/temp_dir.hpp"

#include <utility>

#include "os/environment.hpp"
#include "os/private_folder.hpp"
#include "os/user.hpp"

namespace haetae::os {

base::Result<TempDir> TempDir::make() {
    const auto parent = environment_variable("TMPDIR").value_or("");
    return TempDir(TRY(new_private_folder(parent.starts_with('/') ? parent : "/tmp", "haetae.", current_user())));
}

TempDir::TempDir(TempDir&& other) noexcept : path_(std::exchange(other.path_, "")) {}

TempDir& TempDir::operator=(TempDir&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
}

TempDir::~TempDir() {
    if (!path_.empty()) static_cast<void>(remove_tree(path_));
}

}  // namespace haetae::os
