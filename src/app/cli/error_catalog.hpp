// SPDX-License-Identifier: Apache-2.0
// Every error code with its title, exit code and explanation, made by the build from docs/reference/errors/.
#pragma once

#include <span>
#include <string_view>

namespace haetae::cli {

struct ErrorPage {
    std::string_view code;
    std::string_view title;
    int exit_code;
    std::string_view text;  ///< the whole page, Markdown
};

std::span<const ErrorPage> error_catalog();

/// nullptr for an unknown code. Case does not matter, and "HT" or "HT0" may be missing.
const ErrorPage* find_error_page(std::string_view code);

}  // namespace haetae::cli
