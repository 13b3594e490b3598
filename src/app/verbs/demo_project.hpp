// SPDX-License-Identifier: Apache-2.0
// The example project that `haetae demo` runs, made by the build from examples/game-backend.
#pragma once

#include <span>
#include <string_view>

namespace haetae::verbs {

struct DemoFile {
    std::string_view path;  ///< relative to the project
    std::string_view text;
};

std::span<const DemoFile> demo_project();

}  // namespace haetae::verbs
