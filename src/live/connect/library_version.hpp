// SPDX-License-Identifier: Apache-2.0
// Which libpq the program runs with: the first question about any connection that behaves oddly.
#pragma once

#include <string>

namespace haetae::connect {

/// "15.18"
std::string library_version();
/// 150018
int library_version_number();

}  // namespace haetae::connect
